package energy;

/**
 * What the task {@code chart} left behind.
 *
 * @param chart the SVG file, absolute
 * @param table the CSV file with all sources, absolute
 */
public record Drawing(String chart, String table) {}
