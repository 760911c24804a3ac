package io.scalable.contracts.task;

import io.scalable.contracts.Payload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.results.<deployment>}: how a task ended, once per task (readers keep
 * the first).
 *
 * @param deploymentId the deployment
 * @param taskId the task
 * @param task its name
 * @param component the pool's component
 * @param index the item's place among the tasks of the same name
 * @param state a terminal state
 * @param attempts how many attempts were leased; 0 for a task that never was
 * @param workerId the worker of the last attempt; null if it never ran
 * @param result the returned value; null unless it succeeded
 * @param failures every failed attempt, oldest first; the last one is why a failed task failed
 * @param reason why it was cancelled or skipped; null otherwise
 * @param queuedAt when it first waited for a worker; null if it never did
 * @param startedAt when its last attempt began; null if none did
 * @param finishedAt when it ended
 * @param durationSeconds how long the last attempt ran on its worker, seconds; null if it did not
 *     report
 * @param traceparent the W3C trace context of the task; null if it is part of no trace
 */
public record TaskResult(
        String deploymentId,
        String taskId,
        String task,
        String component,
        int index,
        TaskState state,
        int attempts,
        @Nullable String workerId,
        @Nullable Payload result,
        List<Failure> failures,
        @Nullable String reason,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        Instant finishedAt,
        @Nullable Double durationSeconds,
        @Nullable String traceparent) {
    public TaskResult {
        failures = failures == null ? List.of() : List.copyOf(failures);
        if (!state.terminal()) {
            throw new IllegalArgumentException("a result needs a terminal state, not " + state);
        }
    }

    /** The result of a task of no trace. */
    public TaskResult(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int index,
            TaskState state,
            int attempts,
            @Nullable String workerId,
            @Nullable Payload result,
            List<Failure> failures,
            @Nullable String reason,
            @Nullable Instant queuedAt,
            @Nullable Instant startedAt,
            Instant finishedAt,
            @Nullable Double durationSeconds) {
        this(
                deploymentId,
                taskId,
                task,
                component,
                index,
                state,
                attempts,
                workerId,
                result,
                failures,
                reason,
                queuedAt,
                startedAt,
                finishedAt,
                durationSeconds,
                null);
    }
}
