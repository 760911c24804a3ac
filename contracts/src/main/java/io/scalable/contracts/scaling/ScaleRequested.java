package io.scalable.contracts.scaling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
 * @param requestId names the request, so that whoever asks knows the plan that answers; null where
 *     nobody waits for it
 */
public record ScaleRequested(
        String deploymentId,
        String component,
        Mode mode,
        int workers,
        @JsonProperty(defaultValue = "") String reason,
        Instant at,
        @Nullable String requestId) {
    public ScaleRequested {
        reason = reason == null ? "no reason given" : reason;
        if (workers < 0) {
            throw new IllegalArgumentException("workers must be 0 or more: " + workers);
        }
    }

    /** A request whose answer nobody waits for. */
    public ScaleRequested(
            String deploymentId,
            String component,
            Mode mode,
            int workers,
            String reason,
            Instant at) {
        this(deploymentId, component, mode, workers, reason, at, null);
    }

    /** How the number of a request is meant. */
    public enum Mode {
        /** That many more than desired now. */
        ADD,
        /** That many fewer than desired now. */
        REMOVE,
        /** Exactly that many. */
        EXACT,
        /** As many as the planner sees fit: the pool is its own again; the number says nothing. */
        AUTO
    }
}
