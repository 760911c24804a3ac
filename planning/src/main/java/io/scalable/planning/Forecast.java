package io.scalable.planning;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** Of each component: seconds from its first task being ready to the end of its last. */
    Map<String, Double> spans() {
        Map<String, Double> begins = new HashMap<>();
        Map<String, Double> spans = new HashMap<>();
        for (Batch batch : batches) {
            begins.merge(batch.component(), batch.readyAt(), Math::min);
            spans.merge(batch.component(), batch.end(), Math::max);
        }
        spans.replaceAll((c, end) -> Math.max(0, end - begins.getOrDefault(c, end)));
        return spans;
    }
}
