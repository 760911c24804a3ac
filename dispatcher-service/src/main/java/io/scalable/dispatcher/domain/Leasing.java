package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.dispatcher.domain.TaskStatus.Leased;
import io.scalable.dispatcher.domain.TaskStatus.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives queued tasks to workers with room, the one with the most room first. Looks only at pools
 * where something moved, and stops at the first task that finds no room.
 */
final class Leasing {

    private Leasing() {}

    static void fill(Turn t) {
        if (t.state.spec() != null) {
            List.copyOf(t.touchedPools()).forEach(component -> fill(t, component));
        }
    }

    /**
     * Takes back what waits at a worker whose attempts do not move, where another worker of the
     * pool is idle and nothing else waits for it. A lease that begins meanwhile is stopped: the
     * next attempt counts.
     */
    static void takeBack(Turn t) {
        for (String component : t.state.workers.components()) {
            var ready = t.state.workers.ready(component).iterator();
            boolean idle =
                    ready.hasNext()
                            && hasFreeSlot(t, ready.next())
                            && t.state.queue.first(component, List.of()) == null;
            if (idle) {
                t.state
                        .workers
                        .overdue(component, t.now, t.rules.overdueAfter())
                        .forEach(worker -> takeBack(t, worker));
            }
        }
    }

    private static void takeBack(Turn t, WorkerEntry worker) {
        t.state.workers.stuck(worker);
        List<TaskEntry> held =
                t.state.workers.heldBy(worker.workerId()).stream()
                        .map(id -> Objects.requireNonNull(t.state.tasks.get(id)))
                        .toList();
        long running = held.stream().filter(e -> e.status() instanceof Running).count();
        // What is next for its free slots may have begun: its report is on the way.
        held.stream()
                .filter(e -> e.status() instanceof Leased)
                .skip(Math.max(0, worker.slots() - running))
                .forEach(
                        entry -> {
                            Cancellations.revoke(t, entry);
                            Attempts.handBack(t, entry);
                        });
    }

    private static void fill(Turn t, String component) {
        var policy = new LeasePolicy(t.rules);
        var tooLong = new ArrayList<String>();
        TaskEntry next = t.state.queue.first(component, tooLong);
        while (next != null) {
            Failure never =
                    Allocations.tooShort(t, next, t.state.tasks.openSpec(next)).orElse(null);
            WorkerEntry first = t.state.workers.mostRoom(component, t.now, t.rules.overdueAfter());
            if (never != null) {
                Endings.fail(t, next, never);
            } else if (first == null || !hasRoom(t, policy, first, next)) {
                return;
            } else if (!lease(t, policy, next)) {
                // No worker lives long enough for tasks of this name; others may be shorter.
                tooLong.add(next.task());
            }
            next = t.state.queue.first(component, tooLong);
        }
    }

    private static boolean hasFreeSlot(Turn t, WorkerEntry worker) {
        return t.state.workers.load(worker) < worker.slots();
    }

    private static boolean hasRoom(Turn t, LeasePolicy policy, WorkerEntry worker, TaskEntry task) {
        return policy.hasRoom(
                worker,
                t.state.workers.load(worker),
                t.state.workers.waiting(worker),
                t.state.durations.expected(task.task()),
                t.state.roundTrip.horizon());
    }

    /** Gives the task to the worker with the most room that it fits; false if there is none. */
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

    private static @Nullable Instant createdAt(Turn t) {
        DeploymentEntry deployment = t.state.deployment();
        return deployment == null ? null : deployment.createdAt();
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
                        Parents.inlineBytes(t.state, leased),
                        createdAt(t)));
    }
}
