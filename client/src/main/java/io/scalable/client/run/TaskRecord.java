package io.scalable.client.run;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code tasks.jsonl}: a task's final state.
 *
 * @param taskId the task
 * @param task its name
 * @param component the pool's component
 * @param index the item's place among the tasks of the same name
 * @param state a terminal state
 * @param attempts how many attempts were leased
 * @param worker the worker of the last attempt; null if it never ran
 * @param queuedAt when it first waited for a worker; null if it never did
 * @param startedAt when its last attempt began; null if none did
 * @param finishedAt when it ended
 * @param durationSeconds how long the last attempt ran, seconds; null if it did not report
 * @param result the returned value or where it lies; null unless it succeeded
 * @param failure why it failed; null unless it did
 * @param reason why it was cancelled or skipped; null otherwise
 * @param needs what it waited for: ids of tasks, {@code <deployment>/<task>/*} for all of a name
 */
public record TaskRecord(
        String taskId,
        String task,
        String component,
        int index,
        TaskState state,
        int attempts,
        @Nullable String worker,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        Instant finishedAt,
        @Nullable Double durationSeconds,
        @Nullable Payload result,
        @Nullable Failure failure,
        @Nullable String reason,
        List<String> needs) {
    public TaskRecord {
        // Runs from before needs were kept have none.
        needs = needs == null ? List.of() : List.copyOf(needs);
    }

    static TaskRecord of(TaskResult result, List<String> needs) {
        boolean failed =
                result.state() == TaskState.FAILED || result.state() == TaskState.DEAD_LETTERED;
        return new TaskRecord(
                result.taskId(),
                result.task(),
                result.component(),
                result.index(),
                result.state(),
                result.attempts(),
                result.workerId(),
                result.queuedAt(),
                result.startedAt(),
                result.finishedAt(),
                result.durationSeconds(),
                result.result(),
                failed && !result.failures().isEmpty() ? result.failures().getLast() : null,
                result.reason(),
                needs);
    }

    /** The same record with the ids of another deployment. */
    TaskRecord in(String before, String after) {
        return new TaskRecord(
                RunRecord.id(taskId, before, after),
                task,
                component,
                index,
                state,
                attempts,
                worker,
                queuedAt,
                startedAt,
                finishedAt,
                durationSeconds,
                result,
                failure,
                reason,
                needs.stream().map(need -> RunRecord.id(need, before, after)).toList());
    }
}
