package io.scalable.provider.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is not known to be gone. It holds resources, whatever its phase.
 *
 * @param ref which worker
 * @param requestedAt when it was asked for
 * @param phase where it is
 * @param endsAt when its allocation ends; null if never, or unknown
 */
public record TrackedWorker(
        WorkerRef ref, Instant requestedAt, Phase phase, @Nullable Instant endsAt) {

    TrackedWorker(WorkerRef ref, Instant requestedAt, Phase phase) {
        this(ref, requestedAt, phase, null);
    }

    TrackedWorker in(Phase next) {
        return new TrackedWorker(ref, requestedAt, next, endsAt);
    }

    TrackedWorker endingAt(Instant end) {
        return new TrackedWorker(ref, requestedAt, phase, end);
    }

    /** True if its allocation is over at {@code instant}. */
    boolean overBy(Instant instant) {
        return endsAt != null && !instant.isBefore(endsAt);
    }
}
