package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerPending;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.dispatcher.domain.Row.PoolStarts;
import io.scalable.dispatcher.domain.TaskStatus.Doubt;
import io.scalable.dispatcher.domain.TaskStatus.Running;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Workers come, go, and are lost; what they held is queued again. */
final class Workers {

    /** Ends of an allocation that differ by less are the same end. */
    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(2);

    private Workers() {}

    static void ready(Turn t, WorkerReady report) {
        WorkerEntry known = t.state.workers.get(report.workerId());
        t.state.clocks.sample(report.workerId(), report.at(), t.now);
        if (known == null || known.phase() == Phase.STARTING || known.phase() == Phase.LOST) {
            WorkerEntry unused =
                    introduce(
                            t,
                            report.workerId(),
                            report.component(),
                            report.slots(),
                            report.partition(),
                            report.endsAt());
        }
        if (known == null || known.phase() != Phase.GONE) {
            t.state.liveness.seen(report.workerId());
        }
    }

    /** The worker with the end that its allocation has now, by the dispatcher's clock. */
    static WorkerEntry endingAt(Turn t, WorkerEntry worker, @Nullable Instant endsAt) {
        Instant known = worker.endsAt();
        Instant mapped = mapped(t, worker.workerId(), endsAt);
        if (mapped == null
                || known != null
                        && Duration.between(known, mapped).abs().compareTo(CLOCKS_AGREE) < 0) {
            return worker;
        }
        WorkerEntry ending = worker.endingAt(mapped);
        t.put(ending);
        return ending;
    }

    private static @Nullable Instant mapped(Turn t, String workerId, @Nullable Instant endsAt) {
        return endsAt == null ? null : t.state.clocks.mapped(workerId, endsAt);
    }

    /** A worker that takes leases from now on. */
    static WorkerEntry introduce(
            Turn t,
            String workerId,
            String component,
            int slots,
            int partition,
            @Nullable Instant endsAt) {
        WorkerEntry known = t.state.workers.get(workerId);
        if (known != null && known.phase() == Phase.STARTING) {
            t.state.board.workerStarted(component, seconds(known.requestedAt(), t.now));
        }
        WorkerEntry fresh =
                known == null ? WorkerEntry.starting(workerId, component, t.now) : known;
        WorkerEntry ready = fresh.ready(slots, partition, mapped(t, workerId, endsAt), t.now);
        t.put(ready);
        if (t.state.startFailures(component) > 0) {
            t.put(new PoolStarts(component, 0));
        }
        return ready;
    }

    static void left(Turn t, WorkerLeft report) {
        WorkerEntry worker = t.state.workers.get(report.workerId());
        if (worker != null && worker.phase() != Phase.GONE) {
            leave(t, worker);
        }
    }

    /** Whoever has been silent for too long is lost. */
    static void loseSilent(Turn t) {
        for (String workerId : t.state.liveness.silent()) {
            WorkerEntry worker = t.state.workers.get(workerId);
            if (worker != null && worker.listening()) {
                String reason = "no heartbeat for " + t.rules.lostAfter().toSeconds() + " s";
                lose(t, worker, Phase.LOST, FailureClass.NODE_FAILURE, reason);
            }
            t.state.liveness.forget(workerId);
        }
    }

    /** Forgets the workers that went, and were not heard of, some time ago. */
    static void forgetGone(Turn t) {
        for (String workerId : t.state.departures.due(t.now, t.rules.goneKept())) {
            WorkerEntry worker = t.state.workers.get(workerId);
            if (worker != null) {
                t.drop(worker);
            }
        }
    }

    static void lifecycle(Turn t, WorkerLifecycle event) {
        WorkerEntry known = t.state.workers.get(event.workerId());
        switch (event) {
            case WorkerRequested _, WorkerPending _ -> {
                if (known == null) {
                    t.put(WorkerEntry.starting(event.workerId(), event.component(), event.at()));
                }
            }
            case WorkerStarted _ -> {
                WorkerEntry worker =
                        Objects.requireNonNullElseGet(
                                known,
                                () ->
                                        WorkerEntry.starting(
                                                event.workerId(), event.component(), event.at()));
                t.put(worker.started(event.at()));
            }
            case WorkerRemoved removed ->
                    gone(
                            t,
                            removed,
                            FailureClass.PREEMPTED,
                            "removed: "
                                    + removed.cause()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', ' '));
            case WorkerFailed failed -> {
                boolean neverReady = known == null || known.phase() == Phase.STARTING;
                gone(t, failed, failed.failureClass(), failed.message());
                if (failed.failureClass() == FailureClass.START_FAILURE && neverReady) {
                    startFailed(t, failed);
                }
            }
        }
    }

    private static void gone(Turn t, WorkerLifecycle event, FailureClass why, String reason) {
        WorkerEntry known = t.state.workers.get(event.workerId());
        if (known != null && known.listening()) {
            lose(t, known, Phase.GONE, why, reason);
        } else if (known == null || known.phase() != Phase.GONE) {
            WorkerEntry entry =
                    known == null
                            ? WorkerEntry.starting(event.workerId(), event.component(), event.at())
                            : known;
            t.put(entry.in(Phase.GONE));
        }
    }

    private static void leave(Turn t, WorkerEntry worker) {
        List<String> held = t.state.workers.heldBy(worker.workerId());
        boolean asked = worker.phase() == Phase.DRAINING;
        t.put(worker.in(Phase.GONE));
        t.state.liveness.forget(worker.workerId());
        Instant end = worker.endsAt();
        boolean atItsEnd = end != null && !t.now.isBefore(end.minus(t.rules.walltimeMargin()));
        for (String id : held) {
            TaskEntry entry = held(t, id);
            Doubt doubt = entry.doubt();
            if (doubt != null) {
                if (asked) {
                    Doubts.leftInOrder(t, entry, doubt);
                } else {
                    Doubts.ended(t, entry, doubt, "it left");
                }
            } else if (atItsEnd && entry.status() instanceof Running) {
                double seconds = Attempts.lasted(entry, t.now);
                Attempts.failed(t, entry, allocationEnded(worker), seconds);
            } else {
                Attempts.handBack(t, entry);
            }
        }
    }

    private static Failure allocationEnded(WorkerEntry worker) {
        return new Failure(
                FailureClass.WALLTIME,
                "allocation ended",
                "the allocation of worker " + worker.workerId() + " ended before the attempt did",
                null);
    }

    /**
     * The worker is lost with all that it holds. The running attempts are to blame, or, where none
     * has said that it began, all; the others only waited there.
     */
    private static void lose(
            Turn t, WorkerEntry worker, Phase next, FailureClass why, String reason) {
        List<TaskEntry> held =
                t.state.workers.heldBy(worker.workerId()).stream().map(id -> held(t, id)).toList();
        boolean someRan =
                !blamesUnbegun(why) || held.stream().anyMatch(e -> e.status() instanceof Running);
        t.put(worker.in(next));
        t.state.liveness.forget(worker.workerId());
        t.emit(
                new WorkerLost(
                        t.deploymentId,
                        worker.workerId(),
                        worker.component(),
                        held.size(),
                        reason,
                        t.now));
        FailureClass blamed = why == FailureClass.START_FAILURE ? FailureClass.NODE_FAILURE : why;
        var failure = new Failure(blamed, "worker lost", worker.workerId() + ": " + reason, null);
        for (TaskEntry entry : held) {
            Doubt doubt = entry.doubt();
            if (doubt != null) {
                Doubts.ended(t, entry, doubt, reason);
            } else if (!someRan || entry.status() instanceof Running) {
                Attempts.failed(t, entry, failure, Attempts.lasted(entry, t.now));
            } else {
                Attempts.handBack(t, entry);
            }
        }
    }

    /** True if attempts may be to blame though none has said that it began. */
    private static boolean blamesUnbegun(FailureClass why) {
        return why != FailureClass.PREEMPTED && why != FailureClass.WALLTIME;
    }

    /** After too many start failures in a row, and nobody ready, the pool's queued tasks fail. */
    private static void startFailed(Turn t, WorkerFailed event) {
        int failures = t.state.startFailures(event.component()) + 1;
        t.put(new PoolStarts(event.component(), failures));
        if (failures >= t.rules.startFailuresLimit()
                && t.state.workers.readyCount(event.component()) == 0) {
            var failure =
                    new Failure(
                            FailureClass.START_FAILURE,
                            "workers do not start",
                            event.message(),
                            event.log());
            for (TaskEntry queued : t.state.queue.all(event.component())) {
                Endings.fail(t, queued, failure);
            }
        }
    }

    private static TaskEntry held(Turn t, String taskId) {
        return Objects.requireNonNull(t.state.tasks.get(taskId));
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
    }
}
