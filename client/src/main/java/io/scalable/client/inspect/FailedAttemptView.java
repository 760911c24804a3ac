package io.scalable.client.inspect;

import io.scalable.contracts.task.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed or was lost.
 *
 * @param taskId the task
 * @param attempt which, from 1; 0 if the task failed before any was leased
 * @param workerId the worker; null where it is not known
 * @param failure why
 * @param terminal true if the task failed for good with it
 * @param failedAt when; null where that is not on record
 */
public record FailedAttemptView(
        String taskId,
        int attempt,
        @Nullable String workerId,
        Failure failure,
        boolean terminal,
        @Nullable Instant failedAt) {}
