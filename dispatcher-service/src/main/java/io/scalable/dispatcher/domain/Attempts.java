package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.dispatcher.domain.TaskStatus.Held;
import io.scalable.dispatcher.domain.TaskStatus.Leased;
import io.scalable.dispatcher.domain.TaskStatus.Queued;
import io.scalable.dispatcher.domain.TaskStatus.Running;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.time.Duration;
import java.time.Instant;
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
            TaskEntry entry =
                    ofEarlier(t, report.deploymentCreatedAt())
                            ? null
                            : claim(t, report.workerId(), report.taskId(), report.attempt());
            if (entry != null) {
                begin(t, entry, t.state.clocks.past(report.workerId(), report.at(), t.now));
            }
        }
    }

    static void finished(Turn t, AttemptFinished report) {
        if (ofEarlier(t, report.deploymentCreatedAt())) {
            return;
        }
        TaskEntry entry = claim(t, report.workerId(), report.taskId(), report.attempt());
        if (entry == null) {
            repeat(t, report);
            t.recovery.unclaimed(report);
            return;
        }
        Instant end = t.state.clocks.past(report.workerId(), report.at(), t.now);
        Instant start = startOf(entry, end, report.durationSeconds());
        TaskEntry begun = begin(t, entry, start);
        TaskEntry running = begun.with(begun.account().started(start));
        Payload result = report.result();
        Failure failure = report.failure();
        if (result != null) {
            Endings.succeed(t, running, result, report.durationSeconds(), end);
        } else if (failure != null && Doubts.mayBeInfrastructure(failure)) {
            Doubts.raise(t, running, FailureList.cut(failure), report.durationSeconds());
        } else if (failure != null) {
            failed(t, running, failure, report.durationSeconds());
        }
    }

    /** True if an earlier deployment of the same id gave the lease: it says nothing of this one. */
    static boolean ofEarlier(Turn t, @Nullable Instant deploymentCreatedAt) {
        DeploymentEntry deployment = t.state.deployment();
        return deployment != null && !deployment.gaveLease(deploymentCreatedAt);
    }

    /** When an attempt of this length began; never before its task first waited for a worker. */
    private static Instant startOf(TaskEntry entry, Instant end, double seconds) {
        Instant first = entry.queuedAt() == null ? end : entry.queuedAt();
        double most = Duration.between(first, end).toNanos() / 1e9;
        return seconds > 0 && seconds < most
                ? end.minusNanos((long) (seconds * 1e9))
                : seconds > 0 ? first : end;
    }

    /** The attempt begins {@code at}, if it has not: its report may have been lost. */
    static TaskEntry begin(Turn t, TaskEntry entry, Instant at) {
        if (!(entry.status() instanceof Leased(var worker, var since))) {
            return entry;
        }
        t.state.roundTrip.began(t.state.workers.waitedFor(worker, entry.taskId()), since, t.now);
        TaskEntry running = entry.started(at.isBefore(since) ? since : at);
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
        if (entry == null) {
            return null;
        }
        if (entry.heldBy(worker, attempt)) {
            if (entry.status() instanceof Leased leased) {
                t.state.leaseOrder.shown(worker, leased.since());
            }
            return entry;
        }
        WorkerEntry known = t.state.workers.get(worker);
        boolean gone = known != null && known.phase() == Phase.GONE;
        boolean recovers = !t.recovery.over();
        boolean next =
                entry.status() instanceof Queued
                        && entry.attempt() == attempt
                        && (!gone || recovers);
        boolean later =
                recovers
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
     * another attempt, unless too many workers were lost under the task, too many attempts in a row
     * were cut short without progress, or no worker lives long enough for it.
     *
     * @param seconds how long the attempt lasted; 0 if it had not begun
     */
    static void failed(Turn t, TaskEntry entry, Failure said, double seconds) {
        Failure failure = Allocations.judged(t, entry, said);
        FailureClass why = failure.failureClass();
        boolean users = why.usersFault();
        boolean spent =
                users && entry.account().retriesSpent() < t.state.tasks.openSpec(entry).retries();
        boolean lost = why == FailureClass.NODE_FAILURE || why == FailureClass.START_FAILURE;
        TaskAccount account = entry.account().failed(failure);
        if (spent) {
            account = account.retrySpent();
        } else if (!users) {
            account = account.cutShort(seconds, lost);
        }
        TaskEntry next = entry.with(account);
        if (users && !spent || Allocations.isFinal(failure)) {
            Endings.fail(t, next);
        } else if (account.workersLost() >= t.rules.lostWorkersLimit()) {
            Endings.deadLetter(t, next);
        } else if (account.stalled() >= t.rules.stalledLimit()) {
            Endings.deadLetter(t, next, noProgress(account, failure));
        } else {
            t.emit(Events.retried(t, entry, FailureList.cut(failure), spent));
            handBack(t, next);
        }
    }

    /** Why a task is given up that is cut short again and again. */
    private static Failure noProgress(TaskAccount account, Failure last) {
        return new Failure(
                last.failureClass(),
                "no progress",
                "%d attempts in a row were cut short, none of them later than %.0f s after its begin;"
                                .formatted(account.stalled(), account.longestSeconds())
                        + " the last: "
                        + last.message(),
                null);
    }

    /** The attempt is over at no cost, and the task is queued again, if its pool is still there. */
    static void handBack(Turn t, TaskEntry entry) {
        if (Submissions.withoutPool(t, entry)) {
            return;
        }
        TaskEntry queued = entry.queued(t.now);
        t.put(queued);
        t.emit(Events.queued(t, queued));
    }

    /** How long an attempt has lasted, seconds; 0 if it has not begun. */
    static double lasted(TaskEntry entry, Instant now) {
        return entry.status() instanceof Running running
                ? Math.max(0, Duration.between(running.since(), now).toNanos() / 1e9)
                : 0;
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
