package io.scalable.provider.reconcile;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a worker or is decided about it. Only these change a {@link Cluster}. */
public sealed interface WorkerEvent {

    WorkerRef worker();

    Instant at();

    /**
     * Decided: the worker is to be launched.
     *
     * @param generation the scale plan that wants it
     */
    record LaunchDecided(WorkerRef worker, long generation, Instant at) implements WorkerEvent {}

    /** Decided: the worker, which is not ready, is no longer wanted. */
    record CancelDecided(WorkerRef worker, Instant at) implements WorkerEvent {}

    /** Decided: the worker must end in good order, because its deployment has ended. */
    record TerminateDecided(WorkerRef worker, Instant at) implements WorkerEvent {}

    /** Decided: the worker was asked to end, did not, and is ended at once. */
    record KillDecided(WorkerRef worker, Instant at) implements WorkerEvent {}

    /** Seen: the backend has the worker, it does not run yet. */
    record WasQueued(WorkerRef worker, @Nullable String reason, Instant at)
            implements WorkerEvent {}

    /** Seen: the worker runs. */
    record HasStarted(WorkerRef worker, String place, Instant at) implements WorkerEvent {}

    /** Seen: the worker's allocation ends at {@code endsAt}. */
    record EndBecameKnown(WorkerRef worker, Instant endsAt, Instant at) implements WorkerEvent {}

    /** Seen: the worker takes leases. */
    record BecameReady(WorkerRef worker, String place, Instant at) implements WorkerEvent {}

    /** Seen: the worker is gone as intended. */
    record WasRemoved(WorkerRef worker, RemovalCause cause, Instant at) implements WorkerEvent {}

    /** Seen: the worker never came up, or is gone without being asked. */
    record HasFailed(
            WorkerRef worker,
            FailureClass failureClass,
            String message,
            @Nullable String log,
            Instant at)
            implements WorkerEvent {}
}
