package energy.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The ranges of a model's parameters, and the search for the best ones: a coarse grid, then a
 * compass search that halves its steps. Deterministic.
 */
final class Box {

    private static final int GRID = 5;
    private static final int HALVINGS = 7;

    private final double[] lower;
    private final double[] width;

    private Box(double[] lower, double[] width) {
        this.lower = lower;
        this.width = width;
    }

    /** One parameter's range. */
    record Range(double from, double to) {}

    static Box of(Range... ranges) {
        var all = List.of(ranges);
        return new Box(
                all.stream().mapToDouble(Range::from).toArray(),
                all.stream().mapToDouble(r -> r.to() - r.from()).toArray());
    }

    /** The parameters within the box at which {@code loss} is least, as far as the search sees. */
    double[] minimise(ToDoubleFunction<double[]> loss) {
        var best = bestOfGrid(loss);
        double least = loss.applyAsDouble(best);
        double step = 0.5 / GRID;
        for (int halvings = 0; halvings < HALVINGS; ) {
            boolean moved = false;
            for (int i = 0; i < best.length; i++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    var trial = moved(best, i, sign * step);
                    double found = loss.applyAsDouble(trial);
                    if (found < least) {
                        least = found;
                        best = trial;
                        moved = true;
                    }
                }
            }
            if (!moved) {
                step /= 2;
                halvings++;
            }
        }
        return best;
    }

    private double[] bestOfGrid(ToDoubleFunction<double[]> loss) {
        int cells = Math.powExact(GRID, lower.length);
        double[] best = cell(0);
        double least = loss.applyAsDouble(best);
        for (int n = 1; n < cells; n++) {
            var trial = cell(n);
            double found = loss.applyAsDouble(trial);
            if (found < least) {
                least = found;
                best = trial;
            }
        }
        return best;
    }

    /** The middle of the n-th cell of the grid. */
    private double[] cell(int n) {
        var middle = new double[lower.length];
        for (int i = 0, rest = n; i < middle.length; i++, rest /= GRID) {
            middle[i] = lower[i] + width[i] * (rest % GRID + 0.5) / GRID;
        }
        return middle;
    }

    /** {@code from} with one parameter changed by a part of its range, kept in the box. */
    private double[] moved(double[] from, int i, double part) {
        var to = Arrays.copyOf(from, from.length);
        to[i] = Math.clamp(from[i] + part * width[i], lower[i], lower[i] + width[i]);
        return to;
    }
}
