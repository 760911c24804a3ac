package io.scalable.client.run;

import java.util.List;

/**
 * How long tasks ran. Percentiles are by nearest rank, so each is a duration that occurred.
 *
 * @param count how many durations
 * @param p50 the median, seconds
 * @param p95 seconds
 * @param max the longest, seconds
 */
public record Durations(int count, double p50, double p95, double max) {

    static Durations of(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return sorted.isEmpty()
                ? new Durations(0, 0, 0, 0)
                : new Durations(
                        sorted.size(), rank(sorted, 0.5), rank(sorted, 0.95), sorted.getLast());
    }

    private static double rank(List<Double> sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
