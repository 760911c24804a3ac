package io.scalable.provider.backend;

import io.scalable.contracts.task.FailureClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a backend says of one worker. */
public sealed interface WorkerStatus {

    /**
     * Accepted, not running yet.
     *
     * @param reason what it waits for, in the backend's words; null if unknown
     */
    record Pending(@Nullable String reason) implements WorkerStatus {}

    /**
     * It runs.
     *
     * @param place where: a process id, job id, pod name
     * @param ready true once it takes leases
     * @param endsAt when its allocation ends; null if never, or unknown
     */
    record Running(String place, boolean ready, @Nullable Instant endsAt) implements WorkerStatus {

        /** A worker whose allocation does not end. */
        public Running(String place, boolean ready) {
            this(place, ready, null);
        }
    }

    /**
     * It has ended.
     *
     * @param code the exit status; 0 says that it left as it was told to
     * @param wasReady true if it had taken leases, however shortly
     * @param message what is known, for people
     * @param log the last lines it wrote; null if none are at hand
     * @param cause who took it away, where the backend tells: PREEMPTED, WALLTIME, OUT_OF_MEMORY or
     *     NODE_FAILURE; null where it ended by itself
     */
    record Exited(
            int code,
            boolean wasReady,
            String message,
            @Nullable String log,
            @Nullable FailureClass cause)
            implements WorkerStatus {

        /** A worker that ended by itself. */
        public Exited(int code, boolean wasReady, String message, @Nullable String log) {
            this(code, wasReady, message, log, null);
        }
    }

    /**
     * The backend knows of the worker but not how it is. Unknown is not failed: nothing is
     * concluded.
     *
     * @param reason why, for people
     */
    record Unknown(String reason) implements WorkerStatus {}
}
