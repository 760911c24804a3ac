package energy.model;

/**
 * How far forecasts were off, {@code horizon} years ahead, on the mean of all origins.
 *
 * @param horizon years ahead, at least 1
 * @param origins forecasts that were compared, at least 1
 * @param mae mean absolute error, in the unit of the series
 * @param mase mean absolute scaled error: 1 is as good as "next year as this year" one year ahead
 * @param smape symmetric mean absolute percentage error, 0 to 200
 */
public record Score(int horizon, int origins, double mae, double mase, double smape) {}
