package io.scalable.provider.platform;

import io.scalable.contracts.task.FailureClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a platform shows of one worker.
 *
 * @param deploymentId whose the worker is
 * @param workerId the worker
 * @param handle the platform's id of what runs for it
 * @param createdAt when that was made, by the platform's clock; the older of two comes first
 * @param state how it is
 */
public record Sighting(
        String deploymentId, String workerId, String handle, Instant createdAt, State state) {

    /** How it is. */
    public sealed interface State {

        /**
         * It waits for resources.
         *
         * @param reason what for, in the platform's words; null if unknown
         */
        record Queued(@Nullable String reason) implements State {}

        /**
         * It waits for what will not come: nothing but a person can start it.
         *
         * @param reason why, for people
         */
        record Stuck(String reason) implements State {}

        /**
         * It runs.
         *
         * @param place where, for people
         * @param endsAt when its allocation ends; null if never, or unknown
         */
        record Running(String place, @Nullable Instant endsAt) implements State {}

        /** The platform does not say how it is. */
        record Unclear(String reason) implements State {}

        /**
         * It has ended.
         *
         * @param code the exit status; 0 says that it left as it was told to
         * @param message what is known, for people
         * @param cause who took it away; null where it ended by itself
         */
        record Ended(int code, String message, @Nullable FailureClass cause) implements State {}
    }

    /** True if it has ended. */
    public boolean ended() {
        return state instanceof State.Ended;
    }
}
