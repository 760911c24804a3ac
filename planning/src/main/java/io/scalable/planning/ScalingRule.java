package io.scalable.planning;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a pool may change.
 *
 * @param up work per slot above which a pool may grow; 0.8 is 8 tasks on 10 slots
 * @param down work per slot below which a pool may shrink
 * @param cooldown time between two changes; the first growth and growth from 0 never wait
 * @param patience how long workers must have been too many before they go
 */
record ScalingRule(double up, double down, Duration cooldown, Duration patience) {

    /** What {@link AdaptiveScaler} starts with: the caller decides by the moment alone. */
    static final ScalingRule STAND_ALONE =
            new ScalingRule(0.8, 0.2, Duration.ofSeconds(120), Duration.ZERO);

    /** Work comes in from outside: workers wait for more of it at least this long, seconds. */
    private static final double OPEN_PATIENCE = 30;

    private static final double LONGEST_COOLDOWN = 60;

    /**
     * The rule of a deployment's pool. An idle worker is kept for about as long as starting another
     * would take; the safe policy keeps it twice as long and changes less often. The target's
     * {@code adaptive} options win.
     *
     * @param startDelay seconds that a worker takes to be ready
     * @param open true if work may come that the manifest does not know of
     */
    static ScalingRule of(DeploymentSpec spec, double startDelay, boolean open) {
        boolean safe = spec.policy() == Policy.SAFE;
        double cooldown = safe ? Math.clamp(startDelay, 5, LONGEST_COOLDOWN) : 0;
        double patience = Math.max(open ? OPEN_PATIENCE : 2, startDelay) * (safe ? 2 : 1);
        JsonNode given = spec.target().options().get("adaptive");
        return new ScalingRule(
                number(given, "scale_up_threshold", 0.8),
                number(given, "scale_down_threshold", 1.0),
                seconds(number(given, "cooldown_seconds", cooldown)),
                seconds(patience));
    }

    private static double number(@Nullable JsonNode options, String key, double otherwise) {
        JsonNode value = options == null ? null : options.get(key);
        return value == null || !value.isNumber() ? otherwise : value.asDouble();
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
