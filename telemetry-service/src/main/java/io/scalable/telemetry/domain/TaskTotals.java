package io.scalable.telemetry.domain;

import io.scalable.contracts.task.TaskState;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deployment's tasks in numbers.
 *
 * @param byState how many are in which state; states without tasks are left out
 * @param firstQueuedAt when the first of them began to wait for a worker; null if none has
 * @param lastFinishedAt when the last of them ended; null if none has
 */
public record TaskTotals(
        Map<TaskState, Long> byState,
        @Nullable Instant firstQueuedAt,
        @Nullable Instant lastFinishedAt) {

    public TaskTotals {
        var ordered = new EnumMap<TaskState, Long>(TaskState.class);
        ordered.putAll(byState);
        byState = Collections.unmodifiableMap(ordered);
    }
}
