package io.scalable.contracts.scaling;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record on {@code scalable.estimates}: what the planner has learned of how long things take in a
 * deployment, so that it still knows it after a restart. Each replaces the one before; the
 * tombstone follows the deployment's. All durations are seconds: every one that is kept, or evenly
 * spaced quantiles of them.
 *
 * @param deploymentId the deployment
 * @param version {@link #VERSION} of the planner that wrote it; a planner passes over newer ones
 * @param taskSeconds durations of tasks that ended well, by task name
 * @param poolSeconds the same by the pool's component
 * @param startSeconds how long workers took from being requested to being ready
 * @param turnaroundSeconds how long a slot was empty between two tasks although the second waited
 * @param at the time of the demand line that taught the last of it
 */
public record DurationsLearned(
        String deploymentId,
        int version,
        Map<String, List<Double>> taskSeconds,
        Map<String, List<Double>> poolSeconds,
        List<Double> startSeconds,
        List<Double> turnaroundSeconds,
        Instant at) {

    /** The version of the record that this release writes. */
    public static final int VERSION = 1;

    public DurationsLearned {
        taskSeconds = copy(taskSeconds);
        poolSeconds = copy(poolSeconds);
        startSeconds = List.copyOf(startSeconds);
        turnaroundSeconds = List.copyOf(turnaroundSeconds);
    }

    private static Map<String, List<Double>> copy(Map<String, List<Double>> seconds) {
        var copy = new TreeMap<String, List<Double>>(seconds);
        copy.replaceAll((_, all) -> List.copyOf(all));
        return Collections.unmodifiableMap(copy);
    }
}
