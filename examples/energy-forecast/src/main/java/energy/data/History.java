package energy.data;

import java.util.List;

/**
 * What was observed for one source.
 *
 * @param source the source's name as the data have it
 * @param points one per year, in order, without gaps; at least one
 */
public record History(String source, List<Point> points) {
    public History {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("no years for source '" + source + "'");
        }
        for (int i = 1; i < points.size(); i++) {
            int expected = points.get(i - 1).year() + 1;
            if (points.get(i).year() != expected) {
                throw new IllegalArgumentException(
                        "source '%s' must have each year once and in order: expected %d, found %d"
                                .formatted(source, expected, points.get(i).year()));
            }
        }
    }

    /** The generation by year, GWh. */
    public double[] values() {
        return points.stream().mapToDouble(Point::gwh).toArray();
    }

    /** The first year that was observed. */
    public int firstYear() {
        return points.getFirst().year();
    }

    /** The last year that was observed. */
    public int lastYear() {
        return points.getLast().year();
    }
}
