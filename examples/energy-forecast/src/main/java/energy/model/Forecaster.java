package energy.model;

/** Anything that continues a history. */
@FunctionalInterface
public interface Forecaster {

    /** The next {@code steps} values after {@code history}. */
    double[] forecast(double[] history, int steps);
}
