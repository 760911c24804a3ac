package io.scalable.provider.reconcile;

import java.time.Instant;

/**
 * A worker that is not known to be gone. It holds resources, whatever its phase.
 *
 * @param ref which worker
 * @param requestedAt when it was asked for
 * @param phase where it is
 */
public record TrackedWorker(WorkerRef ref, Instant requestedAt, Phase phase) {

    TrackedWorker in(Phase next) {
        return new TrackedWorker(ref, requestedAt, next);
    }
}
