package io.scalable.telemetry.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskEvent.OfTask;
import io.scalable.contracts.task.TaskEvent.TaskDeadLettered;
import io.scalable.contracts.task.TaskEvent.TaskFailed;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed or was lost.
 *
 * @param eventId the same for every delivery of the event that told it
 * @param terminal true if the task failed for good with it
 */
public record FailedAttempt(
        String deploymentId,
        String eventId,
        String taskId,
        int attempt,
        @Nullable String workerId,
        Failure failure,
        boolean terminal,
        Instant failedAt) {

    /** The failure that {@code event} tells, if it tells one. */
    public static Optional<FailedAttempt> in(OfTask event) {
        return switch (event) {
            case TaskRetried e -> Optional.of(of(e, e.workerId(), e.failure()));
            case TaskFailed e -> Optional.of(of(e, e.workerId(), e.failure()));
            case TaskDeadLettered e -> Optional.of(of(e, null, e.failure()));
            default -> Optional.empty();
        };
    }

    private static FailedAttempt of(OfTask event, @Nullable String workerId, Failure failure) {
        return new FailedAttempt(
                event.deploymentId(),
                event.eventId(),
                event.taskId(),
                event.attempt(),
                workerId,
                failure,
                event.terminal(),
                event.at());
    }
}
