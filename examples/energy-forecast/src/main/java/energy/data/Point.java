package energy.data;

/**
 * One year of a series.
 *
 * @param year the calendar year
 * @param gwh net generation in that year, GWh
 */
public record Point(int year, double gwh) {}
