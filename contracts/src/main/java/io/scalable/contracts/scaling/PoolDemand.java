package io.scalable.contracts.scaling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * A record on {@code scalable.pool-demand}: what the dispatcher sees of all pools of a deployment.
 * Sent when something changed and at least every 5 s; older is stale. A line of a run's {@code
 * observations.jsonl} is one of these.
 *
 * <p>The fields with underscores are those of an {@code observe} line of {@code scalable decide}.
 *
 * @param deploymentId the deployment
 * @param at when it was counted
 * @param type always {@code observe}
 * @param nowSeconds seconds since the deployment was created
 * @param pools one for every pool, in manifest order
 * @param tasksStarted ids of tasks that began since the line before
 * @param tasksDone ids of tasks that ended since the line before
 * @param missing tasks that others need and that nobody has submitted: the first ten
 */
public record PoolDemand(
        String deploymentId,
        Instant at,
        String type,
        @JsonProperty("now_s") double nowSeconds,
        List<PoolObservation> pools,
        @JsonProperty("tasks_started") List<String> tasksStarted,
        @JsonProperty("tasks_done") List<String> tasksDone,
        @JsonProperty(defaultValue = "[]") List<MissingNeed> missing) {
    public PoolDemand {
        pools = List.copyOf(pools);
        tasksStarted = List.copyOf(tasksStarted);
        tasksDone = List.copyOf(tasksDone);
        missing = missing == null ? List.of() : List.copyOf(missing);
    }

    /** A line of a deployment where no needed task is missing. */
    public PoolDemand(
            String deploymentId,
            Instant at,
            String type,
            double nowSeconds,
            List<PoolObservation> pools,
            List<String> tasksStarted,
            List<String> tasksDone) {
        this(deploymentId, at, type, nowSeconds, pools, tasksStarted, tasksDone, List.of());
    }

    /**
     * A task that others need and that nobody has submitted.
     *
     * @param need the task's id
     * @param waiting how many tasks wait for it
     */
    public record MissingNeed(String need, int waiting) {

        /** The same, for people. */
        public String describe() {
            return "%d %s for %s, which nobody has submitted"
                    .formatted(waiting, waiting == 1 ? "task waits" : "tasks wait", need);
        }
    }
}
