package io.scalable.contracts.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent.OfTask;
import io.scalable.contracts.task.TaskEvent.TaskCancelled;
import io.scalable.contracts.task.TaskEvent.TaskDeadLettered;
import io.scalable.contracts.task.TaskEvent.TaskFailed;
import io.scalable.contracts.task.TaskEvent.TaskLeased;
import io.scalable.contracts.task.TaskEvent.TaskQueued;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import io.scalable.contracts.task.TaskEvent.TaskSkipped;
import io.scalable.contracts.task.TaskEvent.TaskStarted;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as its events tell it.
 *
 * @param attempt the newest attempt
 * @param workerId who has, or had, the newest attempt; null if nobody
 * @param queuedAt when it first waited for a worker
 * @param startedAt when the newest attempt began
 * @param finishedAt when it ended
 * @param durationSeconds how long the successful attempt ran, seconds
 * @param reason why it was retried, failed, was cancelled or skipped
 */
public record TaskHistory(
        String deploymentId,
        String taskId,
        String task,
        String component,
        TaskState state,
        int attempt,
        @Nullable String workerId,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Double durationSeconds,
        @Nullable String reason) {

    /** The task after {@code event}; {@code before} is null for one never heard of. */
    @SuppressWarnings("ReferenceEquality") // the fold hands back what it was given for a late event
    public static TaskHistory after(@Nullable TaskHistory before, OfTask event) {
        TaskFold known = before == null ? null : new TaskFold(before.state, before.attempt);
        TaskFold fold = TaskFold.after(known, event);
        if (before != null && fold == known) {
            return before;
        }
        return (before == null ? unknown(event) : before).moved(fold, event);
    }

    /**
     * A task that was submitted and of which nothing else is known: it waits.
     *
     * @param component the component that its tag goes to
     */
    public static TaskHistory submitted(SubmitTask task, String component) {
        return new TaskHistory(
                task.deploymentId(),
                task.taskId(),
                task.task(),
                component,
                task.needs().isEmpty() ? TaskState.QUEUED : TaskState.BLOCKED,
                0,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The item's place among the tasks of its name: the end of its id; 0 where that has none. */
    @JsonIgnore
    public int index() {
        String end = taskId.substring(taskId.lastIndexOf('/') + 1);
        try {
            return Math.max(0, Integer.parseInt(end));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static TaskHistory unknown(OfTask event) {
        return new TaskHistory(
                event.deploymentId(),
                event.taskId(),
                event.task(),
                event.component(),
                TaskState.BLOCKED,
                event.attempt(),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private TaskHistory moved(TaskFold to, OfTask event) {
        return switch (event) {
            case TaskQueued e ->
                    with(to, null, queuedAt == null ? e.at() : queuedAt, null, null, null, reason);
            case TaskLeased e -> with(to, e.workerId(), queuedAt, null, null, null, reason);
            case TaskStarted e -> with(to, e.workerId(), queuedAt, e.at(), null, null, reason);
            case TaskRetried e ->
                    with(to, workerId, queuedAt, startedAt, null, null, e.failure().message());
            case TaskSucceeded e ->
                    with(to, e.workerId(), queuedAt, startedAt, e.at(), e.durationSeconds(), null);
            case TaskFailed e -> ended(to, e.at(), e.failure().message());
            case TaskCancelled e -> ended(to, e.at(), e.reason());
            case TaskSkipped e ->
                    ended(to, e.at(), "needs " + e.because() + ", which did not succeed");
            case TaskDeadLettered e -> ended(to, e.at(), e.failure().message());
        };
    }

    private TaskHistory ended(TaskFold to, Instant at, String why) {
        return with(to, workerId, queuedAt, startedAt, at, null, why);
    }

    private TaskHistory with(
            TaskFold fold,
            @Nullable String worker,
            @Nullable Instant queued,
            @Nullable Instant started,
            @Nullable Instant finished,
            @Nullable Double seconds,
            @Nullable String why) {
        return new TaskHistory(
                deploymentId,
                taskId,
                task,
                component,
                fold.state(),
                fold.attempt(),
                worker,
                queued,
                started,
                finished,
                seconds,
                why);
    }
}
