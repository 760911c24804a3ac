package energy.model;

import java.util.List;

/** A way to continue a series of evenly spaced values. Stateless. */
public interface Model {

    /** The fewest values that every model can be fitted to. */
    int MIN_VALUES = 6;

    /** The models by name, plain ones first. */
    List<String> NAMES = List.of("level", "drift", "trend", "holt", "logistic");

    /** Fits the model's parameters to {@code values}, at least {@link #MIN_VALUES}. */
    Fitted fit(double[] values);

    /**
     * The model called {@code name}, one of {@link #NAMES}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Model named(String name) {
        return switch (name) {
            case "level" -> new Recursive(LevelFilter::new, LevelFilter.BOX);
            case "drift" -> new Recursive(DriftFilter::new, DriftFilter.BOX);
            case "trend" -> new Recursive(TrendFilter::new, TrendFilter.BOX);
            case "holt" -> new Recursive(HoltFilter::new, HoltFilter.BOX);
            case "logistic" -> new Logistic();
            default ->
                    throw new IllegalArgumentException(
                            "unknown model '" + name + "': use one of " + NAMES);
        };
    }
}
