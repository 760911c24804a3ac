package io.scalable.planning;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.DeploymentSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a pool may change.
 *
 * @param up work per slot above which a pool may grow; 0.8 is 8 tasks on 10 slots
 * @param down work per slot below which a pool may shrink
 * @param cooldown time between two changes; the first growth and growth from 0 never wait
 */
record ScalingRule(double up, double down, Duration cooldown) {

    /** What {@link AdaptiveScaler} starts with. */
    static final ScalingRule STAND_ALONE = new ScalingRule(0.8, 0.2, Duration.ofSeconds(120));

    /**
     * The rule of a deployment's pools: what the target's {@code adaptive} options say. Where they
     * say nothing a pool may change at any time, for the planner weighs starts, waiting and idling
     * itself.
     */
    static ScalingRule of(DeploymentSpec spec) {
        JsonNode given = spec.target().options().get("adaptive");
        return new ScalingRule(
                number(given, "scale_up_threshold", -1),
                number(given, "scale_down_threshold", Double.POSITIVE_INFINITY),
                seconds(number(given, "cooldown_seconds", 0)));
    }

    private static double number(@Nullable JsonNode options, String key, double otherwise) {
        JsonNode value = options == null ? null : options.get(key);
        return value == null || !value.isNumber() ? otherwise : value.asDouble();
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
