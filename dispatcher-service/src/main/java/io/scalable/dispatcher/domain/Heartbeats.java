package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.dispatcher.domain.TaskStatus.Held;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;

/** Heartbeats compared with what the dispatcher believes; the difference is set right. */
final class Heartbeats {

    /** So many times the grace, a lease is old whatever the worker has shown. */
    private static final int LONG = 10;

    private Heartbeats() {}

    static void heard(Turn t, WorkerHeartbeat beat) {
        WorkerEntry known = t.state.workers.get(beat.workerId());
        t.state.clocks.sample(beat.workerId(), beat.at(), t.now);
        if (known != null && known.phase() == Phase.GONE) {
            sendAway(t, known.at(beat.partition()), beat);
            return;
        }
        WorkerEntry worker =
                known != null && known.listening()
                        ? Workers.endingAt(t, known, beat.endsAt())
                        : Workers.introduce(
                                t,
                                beat.workerId(),
                                beat.component(),
                                beat.slots(),
                                beat.partition(),
                                beat.endsAt());
        t.state.liveness.seen(worker.workerId());
        agreeOnDraining(t, worker, beat);
        var holds = new HashSet<String>();
        for (HeldAttempt held : beat.held()) {
            if (accept(t, worker, held, beat.at())) {
                holds.add(held.taskId());
            }
        }
        handOutAgain(t, worker, beat, holds);
        Doubts.heard(t, worker);
    }

    private static void agreeOnDraining(Turn t, WorkerEntry worker, WorkerHeartbeat beat) {
        if (beat.draining() && worker.phase() == Phase.READY) {
            t.put(worker.in(Phase.DRAINING));
        } else if (!beat.draining() && worker.phase() == Phase.DRAINING) {
            t.tell(worker, new DrainRequested(worker.workerId(), "asked before"));
        }
    }

    /** True if the worker holds the attempt by right; else it is told to drop it. */
    private static boolean accept(Turn t, WorkerEntry worker, HeldAttempt held, Instant at) {
        TaskEntry entry =
                Attempts.ofEarlier(t, held.deploymentCreatedAt())
                        ? null
                        : Attempts.claim(t, worker.workerId(), held.taskId(), held.attempt());
        if (entry == null) {
            t.tell(worker, new LeaseRevoked(worker.workerId(), held.taskId(), held.attempt()));
            return false;
        }
        if (held.running()) {
            Instant by = t.state.clocks.past(worker.workerId(), at, t.now);
            TaskEntry unused = Attempts.begin(t, entry, by);
        }
        return true;
    }

    /**
     * Leases that the worker does not hold. A draining worker has handed them back; for others the
     * lease may be on its way, so it takes several heartbeats.
     */
    private static void handOutAgain(
            Turn t, WorkerEntry worker, WorkerHeartbeat beat, HashSet<String> holds) {
        var leftOut = new ArrayList<String>();
        for (String id : t.state.workers.heldBy(worker.workerId())) {
            if (!holds.contains(id) && !doubted(t, id)) {
                leftOut.add(id);
            }
        }
        Map<String, Integer> counts = t.state.liveness.leftOut(worker.workerId(), leftOut);
        for (String id : leftOut) {
            TaskEntry entry = t.state.tasks.get(id);
            if (entry == null || !(entry.status() instanceof Held held)) {
                continue;
            }
            if (beat.draining()) {
                Cancellations.revoke(t, entry);
                Attempts.handBack(t, entry);
            } else if (counts.getOrDefault(id, 0) >= t.rules.missedHeartbeats()
                    && old(t, held, beat)) {
                notTaken(t, entry);
            }
        }
    }

    /** A worker does not know of a lease: another attempt follows, but not for ever. */
    private static void notTaken(Turn t, TaskEntry entry) {
        Cancellations.revoke(t, entry);
        TaskEntry counted = entry.with(entry.account().leftOut());
        int times = counted.account().untaken();
        var failure =
                new Failure(
                        FailureClass.NODE_FAILURE,
                        "lease not taken",
                        "worker "
                                + entry.workerId()
                                + " does not have the attempt that it was given: it could not read"
                                + " the lease, or could not send how the attempt ended ("
                                + times
                                + " of "
                                + t.rules.untakenLimit()
                                + " times); its log says more",
                        null);
        if (times >= t.rules.untakenLimit()) {
            Endings.deadLetter(t, counted, failure);
        } else {
            t.emit(Events.retried(t, entry, failure, false));
            Attempts.handBack(t, counted.with(counted.account().failed(failure)));
        }
    }

    /** True if the attempt has ended and it is not clear yet by whose doing. */
    private static boolean doubted(Turn t, String taskId) {
        TaskEntry entry = t.state.tasks.get(taskId);
        return entry != null && entry.doubt() != null;
    }

    /**
     * True if the worker must have read the lease when it made the heartbeat: it has begun it, or
     * has shown a younger one, and some time has passed by the dispatcher's clock. A dispatcher
     * that is behind reads heartbeats that are older than its leases, and a busy worker reads its
     * leases late; but neither is waited for for ever.
     */
    private static boolean old(Turn t, Held held, WorkerHeartbeat beat) {
        Instant since =
                switch (held) {
                    case TaskStatus.Leased l -> l.since();
                    case TaskStatus.Running r -> r.since();
                };
        boolean read =
                held instanceof TaskStatus.Running
                        || t.state.leaseOrder.passed(beat.workerId(), since);
        Duration grace = t.rules.leaseGrace();
        Instant made = t.state.clocks.past(beat.workerId(), beat.at(), t.now);
        return read && Duration.between(since, made).compareTo(grace) >= 0
                || Duration.between(since, t.now).compareTo(grace.multipliedBy(LONG)) >= 0;
    }

    /** The provider says that this worker is gone, and here it is: it must not go on. */
    private static void sendAway(Turn t, WorkerEntry worker, WorkerHeartbeat beat) {
        t.state.departures.note(worker.workerId(), t.now);
        for (HeldAttempt held : beat.held()) {
            t.tell(worker, new LeaseRevoked(worker.workerId(), held.taskId(), held.attempt()));
        }
        if (!beat.draining()) {
            t.tell(worker, new DrainRequested(worker.workerId(), "its provider gave it up"));
        }
    }
}
