package io.scalable.provider.backend;

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
     */
    record Running(String place, boolean ready) implements WorkerStatus {}

    /**
     * It has ended.
     *
     * @param code the exit status; 0 says that it left as it was told to
     * @param wasReady true if it had taken leases, however shortly
     * @param message what is known, for people
     * @param log the last lines it wrote; null if none are at hand
     */
    record Exited(int code, boolean wasReady, String message, @Nullable String log)
            implements WorkerStatus {}

    /**
     * The backend knows of the worker but not how it is. Unknown is not failed: nothing is
     * concluded.
     *
     * @param reason why, for people
     */
    record Unknown(String reason) implements WorkerStatus {}
}
