package energy.data;

/**
 * The quantiles of one forecast year, all in GWh, none below the one before it.
 *
 * @param year the calendar year
 */
public record Band(int year, double p5, double p25, double p50, double p75, double p95) {}
