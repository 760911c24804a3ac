package io.scalable.telemetry.domain;

import io.scalable.contracts.task.FailureClass;
import java.time.Instant;

/**
 * Failed attempts of one task name with the same cause.
 *
 * @param task the task's name
 * @param type the exception's class name, or {@code exit 3}, {@code signal 9}
 * @param message what went wrong
 * @param attempts how many attempts failed so
 * @param tasks how many tasks failed for good with it
 * @param example a task it happened to
 * @param newestAt when it last happened
 */
public record FailureCause(
        String task,
        FailureClass failureClass,
        String type,
        String message,
        long attempts,
        long tasks,
        String example,
        Instant newestAt) {}
