package io.scalable.contracts.scaling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A record on {@code scalable.scale-requests}: a person, or a program of theirs, asks the planner
 * for other counts.
 *
 * @param deploymentId the deployment
 * @param component the pool's component
 * @param mode how {@code workers} is meant
 * @param workers 0 or more
 * @param reason who asks and why, for the reports
 * @param at when
 */
public record ScaleRequested(
        String deploymentId,
        String component,
        Mode mode,
        int workers,
        @JsonProperty(defaultValue = "") String reason,
        Instant at) {
    public ScaleRequested {
        reason = reason == null ? "no reason given" : reason;
        if (workers < 0) {
            throw new IllegalArgumentException("workers must be 0 or more: " + workers);
        }
    }

    /** How the number of a request is meant. */
    public enum Mode {
        /** That many more than desired now. */
        ADD,
        /** That many fewer than desired now. */
        REMOVE,
        /** Exactly that many. */
        EXACT
    }
}
