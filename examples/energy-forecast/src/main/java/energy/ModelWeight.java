package energy;

/**
 * How much a model counts in a source's forecast.
 *
 * @param model the model's name
 * @param mase its mean absolute scaled error over scenarios and horizons; less is better
 * @param weight its share, 0 to 1; the shares of a source add up to 1
 */
public record ModelWeight(String model, double mase, double weight) {}
