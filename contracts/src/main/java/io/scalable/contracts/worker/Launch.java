package io.scalable.contracts.worker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.launches}, the launch ledger: what a provider intends and has done
 * about one worker. Written before each call to the backend; its tombstone says that nothing of the
 * worker is left.
 *
 * @param deploymentId the deployment
 * @param component the pool's component
 * @param workerId the worker, also the backend's idempotency token
 * @param ordinal the worker's number within its pool, from 1
 * @param step how far it got
 * @param place where it runs: process id, job id, pod name; null until known
 * @param at when this was written
 */
public record Launch(
        String deploymentId,
        String component,
        String workerId,
        int ordinal,
        Step step,
        @Nullable String place,
        Instant at) {

    /** How far a launch got. */
    public enum Step {
        /** The backend is about to be asked; it may or may not know of it. */
        INTENDED,
        /** The backend has taken it. */
        LAUNCHED,
        /** The backend is about to be asked to end it. */
        ENDING,
        /**
         * Nothing of it is left. Kept while it is its pool's newest, so that no id is used twice.
         */
        GONE
    }
}
