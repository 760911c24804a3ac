package io.scalable.provider.cloud.aws;

import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a worker's task is.
 *
 * <pre>
 *  Waiting ──▶ Asking ──▶ Known ──▶ Ended
 *     ▲          │ ▲        │
 *     │          ▼ │        │
 *     │        Unsure       │
 *     └──────────┴──────────┘
 * </pre>
 */
sealed interface WorkerTask {

    /**
     * To be launched.
     *
     * @param attempt from 1; one more after each answer that says that nothing was started
     * @param reason what it waits for
     */
    record Waiting(LaunchOrder order, int attempt, String reason) implements WorkerTask {}

    /**
     * RunTask is being called.
     *
     * @param before the request of a call without an answer, which this one repeats; null for none
     */
    record Asking(LaunchOrder order, int attempt, @Nullable RunRequest before)
            implements WorkerTask {}

    /** RunTask was called and nobody knows what came of it: the same call again tells. */
    record Unsure(LaunchOrder order, int attempt, RunRequest request) implements WorkerTask {}

    /**
     * ECS has it.
     *
     * @param task as last seen
     * @param order what it was launched for; null if an earlier host did
     * @param attempt see {@link Waiting}; 0 if an earlier host launched it
     * @param since when this host came to know it
     * @param missed descriptions in a row that lacked it
     * @param note why it is where it is; empty if there is nothing to say
     */
    record Known(
            EcsTask task,
            @Nullable LaunchOrder order,
            int attempt,
            Instant since,
            int missed,
            String note)
            implements WorkerTask {

        /** It has been seen again. */
        Known seen(EcsTask now) {
            return new Known(now, order, attempt, since, 0, note);
        }

        /** One more description lacks it. */
        Known missedAgain() {
            return new Known(task, order, attempt, since, missed + 1, note);
        }
    }

    /**
     * It is over.
     *
     * @param task as last seen; null if there never was one
     */
    record Ended(StopReason why, @Nullable EcsTask task) implements WorkerTask {

        /** The end of a worker that failed. */
        static Ended of(String message, @Nullable FailureClass cause, @Nullable EcsTask task) {
            return new Ended(new StopReason(StopReason.Kind.ENDED, 1, cause, message), task);
        }
    }
}
