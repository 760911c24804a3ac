package io.scalable.contracts.scaling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pool's tasks and workers at one moment.
 *
 * @param pool the pool's component
 * @param ready tasks that wait for a worker, or were leased and have not begun
 * @param blocked tasks that wait for others
 * @param alive workers that are idle, running or starting
 * @param draining workers that leave after what they run; not in {@code alive}
 * @param runningSeconds how long each running attempt has run, seconds
 * @param idle workers with nothing to do
 * @param starting workers requested and not ready
 * @param completedSeconds durations of the tasks that succeeded since the line before, seconds
 * @param startedAfterSeconds start delays of the workers that became ready since the line before,
 *     seconds
 * @param tasks counts per task name, in the order first seen
 */
public record PoolObservation(
        String pool,
        int ready,
        int blocked,
        int alive,
        int draining,
        @JsonProperty("running_s") List<Double> runningSeconds,
        List<IdleWorker> idle,
        List<StartingWorker> starting,
        @JsonProperty("completed_s") List<Double> completedSeconds,
        @JsonProperty("started_after_s") List<Double> startedAfterSeconds,
        List<TaskCounts> tasks) {
    public PoolObservation {
        runningSeconds = List.copyOf(runningSeconds);
        idle = List.copyOf(idle);
        starting = List.copyOf(starting);
        completedSeconds = List.copyOf(completedSeconds);
        startedAfterSeconds = List.copyOf(startedAfterSeconds);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
    }

    /**
     * @param worker the worker's id
     * @param idleSeconds how long it has had nothing to do, seconds
     * @param billedSeconds how long it has been paid for, seconds
     */
    public record IdleWorker(
            String worker,
            @JsonProperty("idle_s") double idleSeconds,
            @JsonProperty("billed_s") double billedSeconds) {}

    /**
     * @param worker the worker's id
     * @param ageSeconds seconds since it was requested
     */
    public record StartingWorker(String worker, @JsonProperty("age_s") double ageSeconds) {}

    /**
     * How many tasks of one name are where.
     *
     * @param oldestQueuedSeconds how long the oldest queued one has waited, seconds; 0 if none
     *     waits
     * @param done tasks that ended, however
     * @param failed those of {@code done} that did not succeed
     * @param expectedSeconds the mean of the hints that those tasks carry which have not ended,
     *     seconds; null if none carries one
     */
    public record TaskCounts(
            String task,
            int blocked,
            int queued,
            int leased,
            int running,
            int done,
            int failed,
            @JsonProperty("oldest_queued_s") double oldestQueuedSeconds,
            @JsonProperty("expected_s") @Nullable Double expectedSeconds) {

        /** The counts of tasks without hints. */
        public TaskCounts(
                String task,
                int blocked,
                int queued,
                int leased,
                int running,
                int done,
                int failed,
                double oldestQueuedSeconds) {
            this(task, blocked, queued, leased, running, done, failed, oldestQueuedSeconds, null);
        }
    }
}
