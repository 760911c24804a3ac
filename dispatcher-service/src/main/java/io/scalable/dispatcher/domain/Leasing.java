package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives queued tasks to workers with room, the least loaded worker first. Looks only at pools where
 * something moved, and stops at the first task that finds no room.
 */
final class Leasing {

    private Leasing() {}

    static void fill(Turn t) {
        if (t.state.spec() != null) {
            List.copyOf(t.touchedPools()).forEach(component -> fill(t, component));
        }
    }

    private static void fill(Turn t, String component) {
        var policy = new LeasePolicy(t.rules);
        var tooLong = new ArrayList<String>();
        TaskEntry next = t.state.queue.first(component, tooLong);
        while (next != null) {
            Failure never =
                    Allocations.tooShort(t, next, t.state.tasks.openSpec(next)).orElse(null);
            if (never != null) {
                Endings.fail(t, next, never);
            } else if (!hasRoom(t, policy, component, next)) {
                return;
            } else if (!lease(t, policy, next)) {
                // No worker lives long enough for tasks of this name; others may be shorter.
                tooLong.add(next.task());
            }
            next = t.state.queue.first(component, tooLong);
        }
    }

    private static boolean hasRoom(Turn t, LeasePolicy policy, String component, TaskEntry task) {
        var workers = t.state.workers.ready(component).iterator();
        return workers.hasNext() && hasRoom(t, policy, workers.next(), task);
    }

    private static boolean hasRoom(Turn t, LeasePolicy policy, WorkerEntry worker, TaskEntry task) {
        return policy.hasRoom(
                worker, t.state.workers.load(worker), t.state.durations.of(task.task()));
    }

    /** Gives the task to the least loaded worker that it fits; false if there is none. */
    private static boolean lease(Turn t, LeasePolicy policy, TaskEntry task) {
        SubmitTask spec = t.state.tasks.openSpec(task);
        for (WorkerEntry worker : t.state.workers.ready(task.component())) {
            if (!hasRoom(t, policy, worker, task)) {
                return false;
            }
            if (policy.fits(
                    worker,
                    t.state.durations.of(task.task()),
                    spec,
                    Allocations.longest(t),
                    t.now)) {
                grant(t, worker, task, spec);
                return true;
            }
        }
        return false;
    }

    private static void grant(Turn t, WorkerEntry worker, TaskEntry task, SubmitTask spec) {
        TaskEntry leased = task.leased(worker.workerId(), t.now);
        t.put(leased);
        t.emit(Events.leased(t, leased));
        t.tell(
                worker,
                new LeaseGranted(
                        worker.workerId(),
                        leased.taskId(),
                        leased.attempts(),
                        leased.task(),
                        leased.index(),
                        spec.work(),
                        spec.input(),
                        Parents.results(t.state, spec),
                        spec.timeoutSeconds(),
                        spec.traceparent(),
                        0,
                        null));
    }
}
