package io.scalable.provider.reconcile;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.reconcile.WorkerEvent.BecameReady;
import io.scalable.provider.reconcile.WorkerEvent.EndBecameKnown;
import io.scalable.provider.reconcile.WorkerEvent.HasFailed;
import io.scalable.provider.reconcile.WorkerEvent.HasStarted;
import io.scalable.provider.reconcile.WorkerEvent.WasQueued;
import io.scalable.provider.reconcile.WorkerEvent.WasRemoved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what a backend lists with what a cluster knows, and says what is new. Pure. */
public final class Observer {

    /** A worker drains ahead of its allocation's end; the listing shows it a little later. */
    private static final Duration EARLY = Duration.ofSeconds(10);

    private final Duration listingLag;
    private final Predicate<String> lives;

    /**
     * @param listingLag how long after a launch the listing may lack the worker
     * @param lives whether a worker itself was heard just now: then no listing that lacks it
     *     concludes anything
     */
    public Observer(Duration listingLag, Predicate<String> lives) {
        this.listingLag = listingLag;
        this.lives = lives;
    }

    /** What happened to the cluster's workers since it was looked at last. */
    public List<WorkerEvent> observe(
            Cluster cluster, Goal goal, Map<String, WorkerStatus> listing, Instant now) {
        var events = new ArrayList<WorkerEvent>();
        for (TrackedWorker worker : cluster.workers()) {
            WorkerStatus status = listing.get(worker.ref().workerId());
            see(worker, status, goal, now, events);
        }
        return events;
    }

    /**
     * Workers listed that the cluster does not track. Nothing waits for them: their launches were
     * written off before they showed up.
     */
    public static List<String> strays(Cluster cluster, Map<String, WorkerStatus> listing) {
        return listing.keySet().stream().filter(id -> !cluster.tracks(id)).toList();
    }

    /** The workers that are listed without a word on how they are: they may be at work. */
    public static Set<String> unknown(Map<String, WorkerStatus> listing) {
        return listing.entrySet().stream()
                .filter(listed -> listed.getValue() instanceof WorkerStatus.Unknown)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void see(
            TrackedWorker worker,
            @Nullable WorkerStatus status,
            Goal goal,
            Instant now,
            List<WorkerEvent> events) {
        WorkerRef ref = worker.ref();
        switch (status) {
            case null -> missing(worker, goal, now, events);
            case WorkerStatus.Unknown _ -> {}
            case WorkerStatus.Pending(var reason) -> {
                if (tellsMore(worker.phase(), reason)) {
                    events.add(new WasQueued(ref, reason, now));
                }
            }
            case WorkerStatus.Running(var place, var ready, var endsAt) -> {
                if (!runs(worker.phase())) {
                    events.add(new HasStarted(ref, place, now));
                }
                if (endsAt != null && !endsAt.equals(worker.endsAt())) {
                    events.add(new EndBecameKnown(ref, endsAt, now));
                }
                if (ready && !worker.phase().ready()) {
                    events.add(new BecameReady(ref, place, now));
                }
            }
            case WorkerStatus.Exited exit -> events.add(ended(worker, exit, goal, now));
        }
    }

    private static boolean tellsMore(Phase phase, @Nullable String reason) {
        return switch (phase) {
            case Phase.Requested _, Phase.Recovered _ -> true;
            case Phase.Queued(var before) -> !Objects.equals(before, reason);
            case Phase.Starting _, Phase.Ready _, Phase.Ending _ -> false;
        };
    }

    private static boolean runs(Phase phase) {
        return phase instanceof Phase.Starting
                || phase instanceof Phase.Ready
                || phase instanceof Phase.Ending;
    }

    private static WorkerEvent ended(
            TrackedWorker worker, WorkerStatus.Exited exit, Goal goal, Instant now) {
        WorkerRef ref = worker.ref();
        RemovalCause cause = wantedGone(worker, goal);
        if (cause != null) {
            return new WasRemoved(ref, cause, now);
        }
        boolean wasReady = exit.wasReady() || worker.phase().ready();
        if (wasReady && exit.code() == 0) {
            var left =
                    worker.overBy(now.plus(EARLY))
                            ? RemovalCause.ALLOCATION_ENDED
                            : RemovalCause.SCALED_IN;
            return new WasRemoved(ref, left, now);
        }
        return new HasFailed(ref, why(exit, wasReady), exit.message(), exit.log(), now);
    }

    /** One that was taken away before it was ready did not fail to start. */
    private static FailureClass why(WorkerStatus.Exited exit, boolean wasReady) {
        FailureClass cause = exit.cause();
        if (wasReady) {
            return cause == null ? FailureClass.NODE_FAILURE : cause;
        }
        return cause == FailureClass.PREEMPTED || cause == FailureClass.NODE_FAILURE
                ? cause
                : FailureClass.START_FAILURE;
    }

    private void missing(TrackedWorker worker, Goal goal, Instant now, List<WorkerEvent> events) {
        if (now.isBefore(worker.requestedAt().plus(listingLag))
                || lives.test(worker.ref().workerId())) {
            return;
        }
        WorkerRef ref = worker.ref();
        RemovalCause cause = wantedGone(worker, goal);
        if (cause != null) {
            events.add(new WasRemoved(ref, cause, now));
            return;
        }
        events.add(
                switch (worker.phase()) {
                    case Phase.Ready _ ->
                            failed(ref, FailureClass.NODE_FAILURE, "no longer listed", now);
                    case Phase.Recovered(var step) when step == Launch.Step.LAUNCHED ->
                            failed(
                                    ref,
                                    FailureClass.NODE_FAILURE,
                                    "went while its provider was away",
                                    now);
                    case Phase.Recovered _ ->
                            failed(
                                    ref,
                                    FailureClass.START_FAILURE,
                                    "its provider stopped before the launch",
                                    now);
                    case Phase.Requested _, Phase.Queued _, Phase.Starting _, Phase.Ending _ ->
                            failed(
                                    ref,
                                    FailureClass.START_FAILURE,
                                    "no longer listed, and never was ready",
                                    now);
                });
    }

    private static HasFailed failed(
            WorkerRef ref, FailureClass failureClass, String message, Instant now) {
        return new HasFailed(
                ref, failureClass, "worker " + ref.workerId() + ": " + message, null, now);
    }

    /** Who wanted the worker gone; null if nobody did. */
    private static @Nullable RemovalCause wantedGone(TrackedWorker worker, Goal goal) {
        if (goal.ended()) {
            return RemovalCause.DEPLOYMENT_ENDED;
        }
        return switch (worker.phase()) {
            case Phase.Ending ending -> ending.cause();
            case Phase.Recovered(var step) when step == Launch.Step.ENDING ->
                    RemovalCause.SCALED_IN;
            case Phase.Requested _,
                    Phase.Recovered _,
                    Phase.Queued _,
                    Phase.Starting _,
                    Phase.Ready _ ->
                    null;
        };
    }
}
