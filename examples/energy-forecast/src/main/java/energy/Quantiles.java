package energy;

import java.util.Comparator;
import java.util.List;

/** Quantiles of weighted values. Immutable. */
final class Quantiles {

    /**
     * One value of the sample.
     *
     * @param weight how much it counts, above 0
     */
    record Weighted(double value, double weight) {}

    private final List<Weighted> sorted;
    private final double[] positions;

    Quantiles(List<Weighted> sample) {
        if (sample.isEmpty()) {
            throw new IllegalArgumentException("quantiles need at least one value");
        }
        sorted = sample.stream().sorted(Comparator.comparingDouble(Weighted::value)).toList();
        positions = new double[sorted.size()];
        double total = sorted.stream().mapToDouble(Weighted::weight).sum();
        double below = 0;
        for (int i = 0; i < positions.length; i++) {
            double weight = sorted.get(i).weight();
            positions[i] = (below + weight / 2) / total;
            below += weight;
        }
    }

    /**
     * The value below which the share {@code p} (0 to 1) of the weight lies. Each value stands at
     * the middle of its weight (Hazen); between two values it is interpolated.
     */
    double at(double p) {
        int above = 0;
        while (above < positions.length && positions[above] < p) {
            above++;
        }
        if (above == 0) {
            return sorted.getFirst().value();
        }
        if (above == positions.length) {
            return sorted.getLast().value();
        }
        double low = sorted.get(above - 1).value();
        double high = sorted.get(above).value();
        double part = (p - positions[above - 1]) / (positions[above] - positions[above - 1]);
        return low + part * (high - low);
    }
}
