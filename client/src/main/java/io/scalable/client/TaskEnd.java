package io.scalable.client;

import io.scalable.contracts.task.TaskResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task that has ended, besides its result.
 *
 * @param attempts how many attempts were leased, 0 for a task that never ran
 * @param duration how long the last attempt ran; null where it did not report
 * @param worker the worker of the last attempt; null for a task that never ran
 */
public record TaskEnd(int attempts, @Nullable Duration duration, @Nullable String worker) {

    private static final double NANOS = 1e9;

    static TaskEnd of(TaskResult result) {
        Double seconds = result.durationSeconds();
        return new TaskEnd(
                result.attempts(),
                seconds == null ? null : Duration.ofNanos((long) (seconds * NANOS)),
                result.workerId());
    }
}
