package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.dispatcher.domain.TaskStatus.Held;
import io.scalable.dispatcher.domain.TaskStatus.Leased;
import io.scalable.dispatcher.domain.TaskStatus.Queued;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of attempts. Only the worker that holds a task's current attempt can move it:
 * whatever others say, or say late, or say again, changes nothing.
 */
final class Attempts {

    private Attempts() {}

    static void started(Turn t, AttemptStarted report) {
        WorkerEntry worker = t.state.workers.get(report.workerId());
        if (worker != null && worker.listening()) {
            TaskEntry entry = claim(t, report.workerId(), report.taskId(), report.attempt());
            if (entry != null) {
                begin(t, entry);
            }
        }
    }

    static void finished(Turn t, AttemptFinished report) {
        TaskEntry entry = claim(t, report.workerId(), report.taskId(), report.attempt());
        if (entry == null) {
            repeat(t, report);
            t.recovery.unclaimed(report);
            return;
        }
        TaskEntry running = begin(t, entry);
        Payload result = report.result();
        Failure failure = report.failure();
        if (result != null) {
            Endings.succeed(t, running, result, report.durationSeconds());
        } else if (failure != null) {
            failed(t, running, failure);
        }
    }

    /** The attempt begins, if it has not: its report may have been lost. */
    static TaskEntry begin(Turn t, TaskEntry entry) {
        if (!(entry.status() instanceof Leased)) {
            return entry;
        }
        TaskEntry running = entry.started(t.now);
        t.put(running);
        t.emit(Events.started(t, running));
        return running;
    }

    /**
     * The task, if {@code worker} holds its current attempt. A queued task whose next attempt the
     * worker already has is taken over: the lease was given out by a dispatcher that died before it
     * could write it down. During a recovery any later attempt is, for the same reason.
     *
     * @return null if the worker has no right to the attempt
     */
    static @Nullable TaskEntry claim(Turn t, String worker, String taskId, int attempt) {
        TaskEntry entry = t.state.tasks.get(taskId);
        if (entry == null || entry.heldBy(worker, attempt)) {
            return entry;
        }
        boolean next = entry.status() instanceof Queued && entry.attempt() == attempt;
        boolean later =
                !t.recovery.over()
                        && (entry.status() instanceof Queued || entry.status() instanceof Held)
                        && attempt > entry.attempts();
        if (!next && !later) {
            return null;
        }
        TaskEntry leased = entry;
        while (leased.attempts() < attempt) {
            TaskEntry queued = leased.status() instanceof Held ? leased.queued(t.now) : leased;
            leased = queued.leased(worker, t.now);
        }
        t.put(leased);
        t.emit(Events.leased(t, leased));
        return leased;
    }

    /**
     * An attempt failed. The user's own faults come out of the task's retries; for others there is
     * another attempt, unless too many workers were lost under the task, or no worker lives long
     * enough for it.
     */
    static void failed(Turn t, TaskEntry entry, Failure said) {
        Failure failure = Allocations.judged(t, entry, said);
        boolean users = failure.failureClass().usersFault();
        boolean spent = users && entry.retriesSpent() < t.state.tasks.openSpec(entry).retries();
        boolean lost = !users && failure.failureClass() != FailureClass.PREEMPTED;
        TaskEntry next = entry.failed(failure, spent, lost);
        if (users && !spent || Allocations.isFinal(failure)) {
            Endings.fail(t, next);
        } else if (next.workersLost() >= t.rules.lostWorkersLimit()) {
            Endings.deadLetter(t, next);
        } else {
            t.emit(Events.retried(t, entry, failure, spent));
            handBack(t, next);
        }
    }

    /** The attempt is over at no cost, and the task is queued again. */
    static void handBack(Turn t, TaskEntry entry) {
        TaskEntry queued = entry.queued(t.now);
        t.put(queued);
        t.emit(Events.queued(t, queued));
    }

    /**
     * The report that ended a task, again: the dispatcher may have died between its row and its
     * result, so it answers again. Readers keep the first.
     */
    private static void repeat(Turn t, AttemptFinished report) {
        TaskEntry entry = t.state.tasks.get(report.taskId());
        if (entry != null
                && entry.over()
                && entry.attempts() == report.attempt()
                && report.workerId().equals(entry.workerId())
                && repeats(entry, report)) {
            Endings.repeat(t, entry, report.result());
        }
    }

    private static boolean repeats(TaskEntry entry, AttemptFinished report) {
        return switch (entry.state()) {
            case SUCCEEDED -> report.result() != null;
            case FAILED -> report.failure() != null;
            default -> false;
        };
    }
}
