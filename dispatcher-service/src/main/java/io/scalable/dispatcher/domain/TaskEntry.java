package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.TaskStatus.Blocked;
import io.scalable.dispatcher.domain.TaskStatus.Doubt;
import io.scalable.dispatcher.domain.TaskStatus.Ended;
import io.scalable.dispatcher.domain.TaskStatus.Held;
import io.scalable.dispatcher.domain.TaskStatus.Leased;
import io.scalable.dispatcher.domain.TaskStatus.Open;
import io.scalable.dispatcher.domain.TaskStatus.Parked;
import io.scalable.dispatcher.domain.TaskStatus.Queued;
import io.scalable.dispatcher.domain.TaskStatus.Running;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One task: immutable, every move gives a new entry.
 *
 * @param taskId its id
 * @param task its name
 * @param component its pool's component; its tag while it is parked
 * @param index its place among the tasks of the same name
 * @param sequence its place in submit order, from 0
 * @param priority larger goes first
 * @param digest a checksum of the task as it was submitted
 * @param status where it is
 * @param queuedAt when it first waited for a worker; null if it never did
 * @param account what its attempts have come to
 */
public record TaskEntry(
        String taskId,
        String task,
        String component,
        int index,
        long sequence,
        int priority,
        int digest,
        TaskStatus status,
        @Nullable Instant queuedAt,
        TaskAccount account)
        implements Row {

    static TaskEntry parked(SubmitTask spec, long sequence) {
        return new TaskEntry(
                spec.taskId(),
                spec.task(),
                spec.tag(),
                spec.index(),
                sequence,
                spec.priority(),
                SubmissionDigest.of(spec),
                new Parked(),
                null,
                TaskAccount.EMPTY);
    }

    TaskEntry placedIn(String pool) {
        return copy(pool, status, queuedAt, account);
    }

    /** The same task with the attempts that it took in an earlier life of its run. */
    TaskEntry ran(int number, String worker) {
        return copy(component, status, queuedAt, account.ranBefore(number, worker));
    }

    TaskEntry blocked() {
        return status instanceof Parked p ? with(p.toBlocked()) : illegal("blocked");
    }

    TaskEntry queued(Instant now) {
        Queued next =
                switch (status) {
                    case Blocked b -> b.toQueued(now);
                    case Held h -> h.toQueued(now);
                    case Parked _, Queued _, Ended _ -> throw refused("queued");
                };
        return copy(component, next, queuedAt == null ? now : queuedAt, account);
    }

    TaskEntry leased(String worker, Instant now) {
        return status instanceof Queued q
                ? copy(component, q.toLeased(worker, now), queuedAt, account.leased(worker))
                : illegal("leased");
    }

    /** The attempt began {@code at}, by the dispatcher's clock. */
    TaskEntry started(Instant at) {
        return status instanceof Leased l
                ? copy(component, l.toRunning(at), queuedAt, account.started(at))
                : illegal("started");
    }

    /** The attempt ended by a signal, and whose doing that was will show. */
    TaskEntry doubted(Doubt doubt) {
        return status instanceof Running r ? with(r.in(doubt)) : illegal("doubted");
    }

    /** The same task with another account. */
    TaskEntry with(TaskAccount next) {
        return copy(component, status, queuedAt, next);
    }

    /** The same task after the attempts that its result tells of; it has not ended yet. */
    TaskEntry asIn(TaskResult result) {
        String worker = result.workerId();
        Instant began = result.startedAt();
        TaskStatus last =
                worker != null && began != null
                        ? new Leased(worker, began).toRunning(began)
                        : status;
        return copy(result.component(), last, result.queuedAt(), account.asIn(result));
    }

    TaskEntry ended(Ended ended) {
        return status instanceof Open open ? with(open.toEnded(ended)) : illegal("ended");
    }

    /** How many attempts were leased. */
    int attempts() {
        return account.attempts();
    }

    /** The failures that are kept, oldest first. */
    List<Failure> failures() {
        return account.failures();
    }

    /** When the last attempt began; null if none did. */
    @Nullable Instant startedAt() {
        return account.startedAt();
    }

    /** The worker of the last attempt; null before the first. */
    @Nullable String workerId() {
        return account.workerId();
    }

    /** The attempt that is under way, or was the last; the next one for a task without a worker. */
    int attempt() {
        return switch (status) {
            case Parked _, Blocked _, Queued _ -> attempts() + 1;
            case Held _, Ended _ -> attempts();
        };
    }

    /** The word that everybody uses for where it is; a parked task counts as blocked. */
    TaskState state() {
        return switch (status) {
            case Parked _, Blocked _ -> TaskState.BLOCKED;
            case Queued _ -> TaskState.QUEUED;
            case Leased _ -> TaskState.LEASED;
            case Running _ -> TaskState.RUNNING;
            case Ended e -> e.outcome();
        };
    }

    /** True if {@code worker} holds attempt {@code number} now. */
    boolean heldBy(String worker, int number) {
        return status instanceof Held h && h.workerId().equals(worker) && attempts() == number;
    }

    /** How its attempt ended, where it is not clear yet by whose doing; else null. */
    @Nullable Doubt doubt() {
        return status instanceof TaskStatus.Running r ? r.doubt() : null;
    }

    /** True if the task has ended. */
    boolean over() {
        return status instanceof Ended;
    }

    @Override
    public String key() {
        return "t/" + taskId;
    }

    private TaskEntry with(TaskStatus next) {
        return copy(component, next, queuedAt, account);
    }

    private TaskEntry copy(
            String pool, TaskStatus next, @Nullable Instant queued, TaskAccount nextAccount) {
        return new TaskEntry(
                taskId, task, pool, index, sequence, priority, digest, next, queued, nextAccount);
    }

    private TaskEntry illegal(String move) {
        throw refused(move);
    }

    private IllegalStateException refused(String move) {
        return new IllegalStateException(
                "task " + taskId + " cannot be " + move + " from " + status);
    }
}
