package io.scalable.provider.platform;

import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a worker is, as the platform's answers tell.
 *
 * <pre>
 *  Ordered ──▶ Asking ──▶ Known ──▶ Ended
 *     ▲          │ ▲        ▲
 *     │          ▼ │        │
 *     │        Unsure ──────┘
 *     └──────────┴
 * </pre>
 */
public sealed interface WorkerEntry {

    /**
     * To be launched.
     *
     * @param reason what it waits for, for people
     * @param misunderstood launches in a row whose answer nobody understood and that started
     *     nothing
     */
    record Ordered(LaunchOrder order, String reason, int misunderstood) implements WorkerEntry {}

    /**
     * The platform is being asked.
     *
     * @param before the launch without an answer that this one repeats; null for none
     */
    record Asking(LaunchOrder order, @Nullable Unsure before, int misunderstood)
            implements WorkerEntry {}

    /**
     * Nobody knows whether the platform has it.
     *
     * @param since when the call was over
     * @param answered see {@link Launched.Unsure}
     */
    record Unsure(
            LaunchOrder order, Instant since, String reason, boolean answered, int misunderstood)
            implements WorkerEntry {}

    /**
     * The platform has it.
     *
     * @param state as last seen
     * @param since when it became known
     * @param missingSince when a listing that should have shown it was first asked for; null if the
     *     last one did show it
     */
    record Known(String handle, Sighting.State state, Instant since, @Nullable Instant missingSince)
            implements WorkerEntry {}

    /**
     * Nothing of it is left, or nothing ever was.
     *
     * @param at when that became known
     * @param code the exit status
     * @param cause who took it away; null where it ended by itself
     */
    record Ended(Instant at, int code, String message, @Nullable FailureClass cause)
            implements WorkerEntry {

        static Ended of(String message, Instant at) {
            return new Ended(at, 1, message, null);
        }
    }
}
