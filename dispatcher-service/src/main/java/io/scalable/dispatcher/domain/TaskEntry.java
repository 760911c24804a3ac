package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.TaskStatus.Blocked;
import io.scalable.dispatcher.domain.TaskStatus.Ended;
import io.scalable.dispatcher.domain.TaskStatus.Held;
import io.scalable.dispatcher.domain.TaskStatus.Leased;
import io.scalable.dispatcher.domain.TaskStatus.Open;
import io.scalable.dispatcher.domain.TaskStatus.Parked;
import io.scalable.dispatcher.domain.TaskStatus.Queued;
import io.scalable.dispatcher.domain.TaskStatus.Running;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One task: immutable, every move gives a new entry.
 *
 * @param taskId its id
 * @param task its name
 * @param component its pool's component; its tag while it is parked
 * @param index its place among the tasks of the same name
 * @param sequence its place in submit order, from 0
 * @param priority larger goes first
 * @param status where it is
 * @param attempts how many attempts were leased
 * @param retriesSpent how many of them failed by the user's own fault
 * @param workersLost how many workers were lost under it
 * @param failures every failed attempt, oldest first
 * @param queuedAt when it first waited for a worker; null if it never did
 * @param startedAt when its last attempt began; null if none did
 * @param workerId the worker of its last attempt; null before the first
 */
public record TaskEntry(
        String taskId,
        String task,
        String component,
        int index,
        long sequence,
        int priority,
        TaskStatus status,
        int attempts,
        int retriesSpent,
        int workersLost,
        List<Failure> failures,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable String workerId)
        implements Row {

    public TaskEntry {
        failures = List.copyOf(failures);
    }

    static TaskEntry parked(SubmitTask spec, long sequence) {
        return new TaskEntry(
                spec.taskId(),
                spec.task(),
                spec.tag(),
                spec.index(),
                sequence,
                spec.priority(),
                new Parked(),
                0,
                0,
                0,
                List.of(),
                null,
                null,
                null);
    }

    TaskEntry placedIn(String pool) {
        return copy(
                pool,
                status,
                attempts,
                retriesSpent,
                workersLost,
                failures,
                queuedAt,
                startedAt,
                workerId);
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
        Instant first = queuedAt == null ? now : queuedAt;
        return copy(
                component,
                next,
                attempts,
                retriesSpent,
                workersLost,
                failures,
                first,
                startedAt,
                workerId);
    }

    TaskEntry leased(String worker, Instant now) {
        return status instanceof Queued q
                ? copy(
                        component,
                        q.toLeased(worker, now),
                        attempts + 1,
                        retriesSpent,
                        workersLost,
                        failures,
                        queuedAt,
                        null,
                        worker)
                : illegal("leased");
    }

    TaskEntry started(Instant now) {
        return status instanceof Leased l
                ? copy(
                        component,
                        l.toRunning(now),
                        attempts,
                        retriesSpent,
                        workersLost,
                        failures,
                        queuedAt,
                        now,
                        workerId)
                : illegal("started");
    }

    /**
     * The same task with one more failure on its account.
     *
     * @param spent true if it comes out of the task's own retries
     * @param lost true if a worker was lost under it
     */
    TaskEntry failed(Failure failure, boolean spent, boolean lost) {
        var all = new ArrayList<>(failures);
        all.add(failure);
        return copy(
                component,
                status,
                attempts,
                retriesSpent + (spent ? 1 : 0),
                workersLost + (lost ? 1 : 0),
                all,
                queuedAt,
                startedAt,
                workerId);
    }

    /** The same task after the attempts that its result tells of; it has not ended yet. */
    TaskEntry asIn(TaskResult result) {
        String worker = result.workerId();
        Instant since = Objects.requireNonNullElse(result.startedAt(), result.finishedAt());
        boolean ran = worker != null && result.attempts() > 0 && result.startedAt() != null;
        return copy(
                result.component(),
                ran ? new Running(worker, since) : status,
                result.attempts(),
                retriesSpent,
                workersLost,
                result.failures(),
                result.queuedAt(),
                result.startedAt(),
                worker);
    }

    TaskEntry ended(Ended ended) {
        return status instanceof Open open ? with(open.toEnded(ended)) : illegal("ended");
    }

    /** The attempt that is under way, or was the last; the next one for a task without a worker. */
    int attempt() {
        return switch (status) {
            case Parked _, Blocked _, Queued _ -> attempts + 1;
            case Held _, Ended _ -> attempts;
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
        return status instanceof Held h && h.workerId().equals(worker) && attempts == number;
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
        return copy(
                component,
                next,
                attempts,
                retriesSpent,
                workersLost,
                failures,
                queuedAt,
                startedAt,
                workerId);
    }

    private TaskEntry copy(
            String component,
            TaskStatus status,
            int attempts,
            int retriesSpent,
            int workersLost,
            List<Failure> failures,
            @Nullable Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable String workerId) {
        return new TaskEntry(
                taskId,
                task,
                component,
                index,
                sequence,
                priority,
                status,
                attempts,
                retriesSpent,
                workersLost,
                failures,
                queuedAt,
                startedAt,
                workerId);
    }

    private TaskEntry illegal(String move) {
        throw refused(move);
    }

    private IllegalStateException refused(String move) {
        return new IllegalStateException(
                "task " + taskId + " cannot be " + move + " from " + status);
    }
}
