package io.scalable.contracts.deployment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What earlier runs of a deployment's project tell the planner. Seconds throughout; the oldest
 * first.
 *
 * @param taskSeconds durations of tasks that ended well, by task name
 * @param startSeconds how long workers of the same target took to be ready
 * @param turnaroundSeconds how long a slot was empty between two tasks although the second waited
 */
public record Evidence(
        Map<String, List<Double>> taskSeconds,
        List<Double> startSeconds,
        List<Double> turnaroundSeconds) {

    /** Nothing is known. */
    public static final Evidence NONE = new Evidence(Map.of(), List.of(), List.of());

    public Evidence {
        taskSeconds = new TreeMap<>(taskSeconds);
        taskSeconds.replaceAll((task, seconds) -> List.copyOf(seconds));
        startSeconds = List.copyOf(startSeconds);
        turnaroundSeconds = List.copyOf(turnaroundSeconds);
    }
}
