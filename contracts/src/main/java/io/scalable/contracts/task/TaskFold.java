package io.scalable.contracts.task;

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
import org.jspecify.annotations.Nullable;

/**
 * A task as its events tell it, folded one by one in partition order. The first terminal event
 * wins; whatever comes after it changes nothing, nor does what else speaks of an older attempt. So
 * every reader agrees, however often events are repeated.
 *
 * @param state where the task is
 * @param attempt the newest attempt
 */
public record TaskFold(TaskState state, int attempt) {

    /** The fold after {@code event}; {@code before} is null for a task never heard of. */
    public static TaskFold after(@Nullable TaskFold before, OfTask event) {
        TaskState next = stateAfter(event);
        if (before == null) {
            return new TaskFold(next, event.attempt());
        }
        if (next.terminal() && !before.state.terminal()) {
            return new TaskFold(next, Math.max(before.attempt, event.attempt()));
        }
        boolean older = event.attempt() < before.attempt;
        boolean repeated =
                event.attempt() == before.attempt && next.ordinal() < before.state.ordinal();
        return before.state.terminal() || older || repeated
                ? before
                : new TaskFold(next, event.attempt());
    }

    private static TaskState stateAfter(OfTask event) {
        return switch (event) {
            case TaskQueued _ -> TaskState.QUEUED;
            case TaskRetried _ -> TaskState.RUNNING;
            case TaskLeased _ -> TaskState.LEASED;
            case TaskStarted _ -> TaskState.RUNNING;
            case TaskSucceeded _ -> TaskState.SUCCEEDED;
            case TaskFailed _ -> TaskState.FAILED;
            case TaskCancelled _ -> TaskState.CANCELLED;
            case TaskSkipped _ -> TaskState.SKIPPED;
            case TaskDeadLettered _ -> TaskState.DEAD_LETTERED;
        };
    }
}
