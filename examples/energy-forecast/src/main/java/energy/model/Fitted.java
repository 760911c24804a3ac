package energy.model;

/** A model with its parameters and the history it continues. Immutable. */
public interface Fitted {

    /**
     * What the model missed at the last values of the history, observed minus expected. Shorter
     * than the history where the model needs its first values to get going.
     */
    double[] residuals();

    /**
     * One path into the future.
     *
     * @param shocks what disturbs each step; all 0 gives the point forecast
     */
    double[] path(double[] shocks);

    /** The same parameters, continuing another history of the same length. */
    Fitted on(double[] history);

    /** The path without shocks. */
    default double[] forecast(int steps) {
        return path(new double[steps]);
    }
}
