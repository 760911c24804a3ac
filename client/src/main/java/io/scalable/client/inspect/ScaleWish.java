package io.scalable.client.inspect;

import io.scalable.contracts.scaling.ScaleRequested;
import java.time.Duration;

/**
 * Another worker count that a person asks for.
 *
 * @param tag names the component
 * @param mode what the number means
 * @param workers the number, 0 or more
 * @param reason why, for people
 * @param patience for the decision
 */
public record ScaleWish(
        String tag, ScaleRequested.Mode mode, int workers, String reason, Duration patience) {}
