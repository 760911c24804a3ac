package io.scalable.planning;

import java.util.List;

/**
 * What a simulation of the remaining work says. Times are seconds from now.
 *
 * @param completion when the last task ends; infinite if some tasks can never start
 * @param batches what ran, in the order in which it became ready
 */
record Forecast(double completion, List<Batch> batches) {

    /**
     * Tasks of one stage that became ready together.
     *
     * @param component their pool
     * @param count how many
     * @param blocked true if they still wait for others now
     * @param readyAt when they can start
     * @param end when the last of them ends
     */
    record Batch(String component, int count, boolean blocked, double readyAt, double end) {}

    /** Blocked tasks of {@code component} that can start within {@code horizon} seconds. */
    int soon(String component, double horizon) {
        return batches.stream()
                .filter(b -> b.blocked() && b.component().equals(component))
                .filter(b -> b.readyAt() <= horizon)
                .mapToInt(Batch::count)
                .sum();
    }

    /** Seconds from the first task of {@code component} being ready to the end of the last. */
    double span(String component) {
        double begin = Double.POSITIVE_INFINITY;
        double end = 0;
        for (Batch batch : batches) {
            if (batch.component().equals(component)) {
                begin = Math.min(begin, batch.readyAt());
                end = Math.max(end, batch.end());
            }
        }
        return Math.max(0, end - begin);
    }
}
