package io.scalable.provider.cloud.gcp;

import io.scalable.provider.backend.LaunchOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a worker's pool is.
 *
 * <pre>
 *  Waiting ◀─▶ Creating ──▶ Made ──▶ Going ──▶ Ended
 * </pre>
 */
sealed interface PoolEntry {

    /**
     * To be made.
     *
     * @param unsure since when it is unknown whether an earlier try made it; null if none did. It
     *     is tried again all the same: the name is the same
     */
    record Waiting(LaunchOrder order, String reason, @Nullable Instant unsure)
            implements PoolEntry {}

    /**
     * Cloud Run is being asked.
     *
     * @param then how it ends, if it is not wanted any more; null while it is
     */
    record Creating(LaunchOrder order, @Nullable Instant unsure, @Nullable Ended then)
            implements PoolEntry {}

    /**
     * It is there.
     *
     * @param seen as last listed; null before
     * @param made when Cloud Run said so
     * @param up when its container was first seen up; null before
     * @param missed listings in a row that lacked it
     * @param operation that makes it; null if it is done, or unknown
     */
    record Made(
            String pool,
            @Nullable SeenPool seen,
            Instant made,
            @Nullable Instant up,
            int missed,
            @Nullable String operation)
            implements PoolEntry {

        /** One of which Cloud Run has just said that it is there. */
        static Made at(Instant now, String pool, @Nullable String operation) {
            return new Made(pool, null, now, null, 0, operation);
        }

        /** Once the operation that makes it is done. */
        Made finished() {
            return new Made(pool, seen, made, up, missed, null);
        }

        /** Once a listing lacked it. */
        Made missing() {
            return new Made(pool, seen, made, up, missed + 1, operation);
        }

        /** Once it was listed. */
        Made listed(SeenPool now, Instant at) {
            Instant since = up == null && now.state() instanceof PoolState.Up ? at : up;
            return new Made(pool, now, made, since, 0, operation);
        }
    }

    /** How far a deletion is. */
    enum Step {
        WANTED,
        ASKED,
        ACCEPTED
    }

    /**
     * It is to go.
     *
     * @param then how it ends
     * @param notBefore when its container is surely over, and no try to make it can come late
     * @param operation that deletes it; null if it is done, or unknown
     * @param confirmed true once it is known to be gone
     */
    record Going(
            String pool,
            Ended then,
            Step step,
            Instant notBefore,
            @Nullable String operation,
            boolean confirmed)
            implements PoolEntry {

        /** Once it is this far, by no operation that is known. */
        Going at(Step next) {
            return new Going(pool, then, next, notBefore, null, false);
        }

        /** Once Cloud Run deletes it; it may still run until {@code over}. */
        Going accepted(@Nullable String by, Instant over) {
            Instant later = over.isAfter(notBefore) ? over : notBefore;
            return new Going(pool, then, Step.ACCEPTED, later, by, false);
        }

        /** Once it is known to be gone. */
        Going gone() {
            return new Going(pool, then, Step.ACCEPTED, notBefore, operation, true);
        }
    }

    /**
     * It is over.
     *
     * @param succeeded true if its worker left in good order
     */
    record Ended(String message, boolean succeeded) implements PoolEntry {}
}
