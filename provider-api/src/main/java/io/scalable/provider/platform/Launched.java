package io.scalable.provider.platform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of the launch of one worker. */
public sealed interface Launched {

    /** The platform has it. */
    record Started(String handle) implements Launched {}

    /**
     * Nothing was started; later it may be.
     *
     * @param reason what it waits for, for people
     * @param retryAfter when the platform wants to be asked; null if it does not say
     */
    record Later(String reason, @Nullable Duration retryAfter) implements Launched {}

    /**
     * Nothing was started, nor will it be.
     *
     * @param reason what is wrong and what to do, for people
     */
    record Never(String reason) implements Launched {}

    /**
     * Nobody knows whether it was started.
     *
     * @param reason what was said, for people
     * @param answered true if the platform answered what nobody understands; false if it did not
     *     answer
     */
    record Unsure(String reason, boolean answered) implements Launched {}
}
