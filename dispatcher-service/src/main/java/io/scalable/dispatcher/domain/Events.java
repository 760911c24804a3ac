package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.TaskCancelled;
import io.scalable.contracts.task.TaskEvent.TaskDeadLettered;
import io.scalable.contracts.task.TaskEvent.TaskFailed;
import io.scalable.contracts.task.TaskEvent.TaskLeased;
import io.scalable.contracts.task.TaskEvent.TaskQueued;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import io.scalable.contracts.task.TaskEvent.TaskSkipped;
import io.scalable.contracts.task.TaskEvent.TaskStarted;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.TaskStatus.Ended;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is said of a task, made from its entry. */
final class Events {

    /** The reason in the answer for a task that succeeded and whose result is kept no longer. */
    static final String NOT_KEPT =
            "the task succeeded; the dispatcher does not keep its result any more";

    private Events() {}

    static TaskEvent queued(Turn t, TaskEntry e) {
        return new TaskQueued(
                t.deploymentId, e.taskId(), e.task(), e.component(), e.attempt(), t.now);
    }

    static TaskEvent leased(Turn t, TaskEntry e) {
        return new TaskLeased(
                t.deploymentId, e.taskId(), e.task(), e.component(), e.attempt(), worker(e), t.now);
    }

    static TaskEvent started(Turn t, TaskEntry e) {
        return new TaskStarted(
                t.deploymentId, e.taskId(), e.task(), e.component(), e.attempt(), worker(e), t.now);
    }

    /** An attempt failed and another follows; {@code e} still holds the one that failed. */
    static TaskEvent retried(Turn t, TaskEntry e, Failure failure, boolean spent) {
        return new TaskRetried(
                t.deploymentId,
                e.taskId(),
                e.task(),
                e.component(),
                e.attempt(),
                e.workerId(),
                failure,
                spent,
                t.now);
    }

    /** The terminal event of a task, of its last attempt; of the first if it never had one. */
    static TaskEvent terminal(Turn t, TaskEntry e) {
        Ended end = end(e);
        int attempt = Math.max(1, e.attempts());
        return switch (end.outcome()) {
            case SUCCEEDED ->
                    new TaskSucceeded(
                            t.deploymentId,
                            e.taskId(),
                            e.task(),
                            e.component(),
                            attempt,
                            worker(e),
                            Objects.requireNonNullElse(end.durationSeconds(), 0.0),
                            end.at());
            case FAILED ->
                    new TaskFailed(
                            t.deploymentId,
                            e.taskId(),
                            e.task(),
                            e.component(),
                            attempt,
                            e.workerId(),
                            e.failures().getLast(),
                            end.at());
            case CANCELLED ->
                    new TaskCancelled(
                            t.deploymentId,
                            e.taskId(),
                            e.task(),
                            e.component(),
                            attempt,
                            reason(end),
                            end.at());
            case SKIPPED ->
                    new TaskSkipped(
                            t.deploymentId,
                            e.taskId(),
                            e.task(),
                            e.component(),
                            attempt,
                            reason(end),
                            end.at());
            case DEAD_LETTERED ->
                    new TaskDeadLettered(
                            t.deploymentId,
                            e.taskId(),
                            e.task(),
                            e.component(),
                            attempt,
                            e.failures().getLast(),
                            end.at());
            case BLOCKED, QUEUED, LEASED, RUNNING ->
                    throw new IllegalStateException(e.taskId() + " has not ended");
        };
    }

    /**
     * How a task ended, for the driver. Where the result of a task that succeeded is kept no
     * longer, the reason says so.
     *
     * @param result the returned value; null if there is none, or it is kept no longer
     * @param traceparent the task's trace; null for none
     */
    static TaskResult result(
            Turn t, TaskEntry e, @Nullable Payload result, @Nullable String traceparent) {
        Ended end = end(e);
        return new TaskResult(
                t.deploymentId,
                e.taskId(),
                e.task(),
                e.component(),
                e.index(),
                end.outcome(),
                e.attempts(),
                e.workerId(),
                result,
                e.failures(),
                end.outcome() == TaskState.SUCCEEDED && result == null ? NOT_KEPT : end.reason(),
                e.queuedAt(),
                e.startedAt(),
                end.at(),
                end.durationSeconds(),
                traceparent);
    }

    private static Ended end(TaskEntry e) {
        if (e.status() instanceof Ended end) {
            return end;
        }
        throw new IllegalStateException(e.taskId() + " has not ended");
    }

    private static String worker(TaskEntry e) {
        return Objects.requireNonNull(e.workerId(), "a leased task has a worker");
    }

    private static String reason(Ended end) {
        return Objects.requireNonNullElse(end.reason(), "");
    }
}
