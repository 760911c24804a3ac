package io.scalable.provider.reconcile;

import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker is in its life, as its provider sees it.
 *
 * <pre>
 *  Requested ──▶ Queued ──▶ Starting ──▶ Ready ──▶ (gone)
 *      ▲            │          │           │
 *  Recovered        └──────────┴───────────┴──▶ Ending ──▶ (gone)
 * </pre>
 *
 * Steps may be skipped, and a worker may be gone from any of them.
 */
public sealed interface Phase {

    /** The backend is being asked. */
    record Requested() implements Phase {}

    /** Read from the launch ledger after a restart and not seen since. */
    record Recovered(Launch.Step step) implements Phase {}

    /** The backend has it; it does not run yet. */
    record Queued(@Nullable String reason) implements Phase {}

    /** It runs and is not ready. */
    record Starting(String place) implements Phase {}

    /** It takes leases (or drains: the dispatcher knows). */
    record Ready(String place) implements Phase {}

    /**
     * It was asked to end.
     *
     * @param cause who wanted it gone
     * @param askedAt when it was asked last
     * @param wasReady true if it took leases before it ended
     */
    record Ending(RemovalCause cause, Instant askedAt, boolean wasReady) implements Phase {}

    /**
     * True if the worker takes, or has taken, leases: only the end of its deployment may end it.
     */
    default boolean ready() {
        return this instanceof Ready || (this instanceof Ending ending && ending.wasReady());
    }
}
