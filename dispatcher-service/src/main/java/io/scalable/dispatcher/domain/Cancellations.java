package io.scalable.dispatcher.domain;

import io.scalable.contracts.Limits;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.dispatcher.domain.Row.CancelledAhead;
import io.scalable.dispatcher.domain.TaskStatus.Held;
import io.scalable.dispatcher.domain.TaskStatus.Leased;
import io.scalable.dispatcher.domain.TaskStatus.Running;
import java.util.Comparator;
import java.util.List;

/** Tasks that somebody wants stopped. */
final class Cancellations {

    private Cancellations() {}

    /** More wishes ahead of their tasks than this are a mistake, and forgotten. */
    private static final int MOST_AHEAD = Limits.CANCELS_AHEAD;

    /** Stops a task; one that has not come is cancelled when it does. */
    static void cancel(Turn t, CancelTask command) {
        TaskEntry entry = t.state.tasks.get(command.taskId());
        if (entry != null && !entry.over()) {
            stop(t, entry, command.reason());
        } else if (entry == null
                && t.state.outcomes.of(command.taskId()) == null
                && t.state.cancelledAhead() < MOST_AHEAD) {
            t.put(new CancelledAhead(command.taskId(), command.reason()));
        }
    }

    /** Stops a task that has just come, if somebody has wished so before. */
    static void cancelIfWished(Turn t, String taskId) {
        CancelledAhead wish = t.state.cancelledAhead(taskId);
        if (wish != null) {
            t.drop(wish);
            cancel(t, new CancelTask(t.deploymentId, taskId, wish.reason()));
        }
    }

    /** Blocked tasks first, so that they are cancelled rather than skipped. */
    static void cancelAll(Turn t, CancelAll command) {
        List<TaskEntry> open =
                t.state.tasks.all().stream()
                        .filter(e -> !e.over())
                        .filter(e -> command.running() || !runs(t, e))
                        .sorted(Comparator.comparing(TaskEntry::state))
                        .toList();
        open.forEach(entry -> stop(t, entry, command.reason()));
    }

    /**
     * True if the task's worker runs it, or is about to: that an attempt has begun is told only a
     * moment later, and what a worker was given first it begins first.
     */
    private static boolean runs(Turn t, TaskEntry entry) {
        return switch (entry.status()) {
            case Running _ -> true;
            case Leased leased -> {
                WorkerEntry worker = t.state.workers.get(leased.workerId());
                int place = t.state.workers.heldBy(leased.workerId()).indexOf(entry.taskId());
                yield worker != null && place < worker.slots();
            }
            default -> false;
        };
    }

    private static void stop(Turn t, TaskEntry entry, String reason) {
        revoke(t, entry);
        Endings.cancel(t, entry, reason);
    }

    /** Tells the worker that holds the task, if one does, to stop it. */
    static void revoke(Turn t, TaskEntry entry) {
        if (entry.status() instanceof Held held) {
            WorkerEntry worker = t.state.workers.get(held.workerId());
            if (worker != null && worker.listening()) {
                t.tell(
                        worker,
                        new LeaseRevoked(worker.workerId(), entry.taskId(), entry.attempts()));
            }
        }
    }
}
