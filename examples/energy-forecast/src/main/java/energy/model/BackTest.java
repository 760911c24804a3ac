package energy.model;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A rolling-origin back-test: stand at each past year in turn, forecast from what was known then,
 * compare with what came.
 */
public final class BackTest {

    private BackTest() {}

    private record Miss(int horizon, double absolute, double scaled, double percent) {}

    /**
     * Scores by horizon.
     *
     * @param values the whole series, all above 0
     * @param firstOrigin how many values the first forecast knows, at least 2
     * @param horizons steps ahead that are scored; those that no origin can be checked at are left
     *     out
     * @param forecaster is given the values up to the origin, and no others
     */
    public static List<Score> run(
            double[] values, int firstOrigin, List<Integer> horizons, Forecaster forecaster) {
        return IntStream.range(firstOrigin, values.length)
                .boxed()
                .flatMap(origin -> misses(values, origin, horizons, forecaster).stream())
                .collect(groupingBy(Miss::horizon, TreeMap::new, toList()))
                .values()
                .stream()
                .map(BackTest::score)
                .toList();
    }

    private static List<Miss> misses(
            double[] values, int origin, List<Integer> horizons, Forecaster forecaster) {
        var known = Arrays.copyOf(values, origin);
        double scale = meanStep(known);
        var checkable = horizons.stream().filter(h -> origin + h <= values.length).toList();
        int steps = checkable.stream().mapToInt(h -> h).max().orElse(0);
        var forecast = forecaster.forecast(known, steps);
        return checkable.stream()
                .map(h -> miss(h, values[origin + h - 1], forecast[h - 1], scale))
                .toList();
    }

    private static Miss miss(int horizon, double actual, double forecast, double scale) {
        double absolute = Math.abs(actual - forecast);
        double size = (Math.abs(actual) + Math.abs(forecast)) / 2;
        return new Miss(horizon, absolute, absolute / scale, 100 * absolute / size);
    }

    private static Score score(List<Miss> misses) {
        return new Score(
                misses.getFirst().horizon(),
                misses.size(),
                misses.stream().mapToDouble(Miss::absolute).average().orElseThrow(),
                misses.stream().mapToDouble(Miss::scaled).average().orElseThrow(),
                misses.stream().mapToDouble(Miss::percent).average().orElseThrow());
    }

    /** The mean absolute change from one value to the next: the error of the naive forecast. */
    private static double meanStep(double[] values) {
        return IntStream.range(1, values.length)
                .mapToDouble(i -> Math.abs(values[i] - values[i - 1]))
                .average()
                .orElseThrow();
    }
}
