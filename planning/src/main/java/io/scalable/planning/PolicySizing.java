package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.planning.reason.ReasonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How large each pool should be: what a person asked for, else what the policy makes of its work,
 * and never more than its failed starts allow. What pools share, workers and money, is not looked
 * at here.
 */
final class PolicySizing {

    private final Policy policy;
    private final PoolScaler scaler;

    PolicySizing(DeploymentSpec spec) {
        policy = spec.policy();
        scaler = new PoolScaler(ScalingRule.of(spec));
    }

    /**
     * The size that the pool should have now, with the reason.
     *
     * @param over true if no work is known for it
     * @param wanted what its work asks for; null where that is not known
     * @param current the count in force
     * @param at now, by the clock of the demand lines
     */
    PoolSize size(
            PoolTrack track,
            PoolObservation pool,
            boolean over,
            @Nullable PoolSize wanted,
            int current,
            Instant at) {
        PoolSize size = sizeByPolicy(track, pool, over, wanted, current, at);
        int limit = track.health().limit(pool.alive() - pool.starting().size(), at);
        if (size.workers() <= limit) {
            return size;
        }
        String reason =
                ReasonText.format(
                        "%d workers in a row failed to start; the next try follows after a while",
                        track.health().failures());
        return new PoolSize(limit, reason, PoolSize.START_FAILURES);
    }

    private PoolSize sizeByPolicy(
            PoolTrack track,
            PoolObservation pool,
            boolean over,
            @Nullable PoolSize wanted,
            int current,
            Instant at) {
        ComponentSpec component = track.component();
        boolean exhausted = over && track.closed();
        boolean manual = policy == Policy.MANUAL;
        if (exhausted && !manual) {
            track.ask(null);
        }
        Integer asked = track.asked();
        if (asked != null) {
            return new PoolSize(asked, "asked for: " + asked, PoolSize.REQUEST);
        }
        if (manual) {
            return new PoolSize(
                    CapacityPlanner.manualCount(component),
                    "the manifest's count",
                    PoolSize.MANUAL);
        }
        if (exhausted || wanted == null) {
            int minimum = component.bounds().minimum();
            return new PoolSize(minimum, "no work is left for it", PoolSize.MINIMUM);
        }
        var load =
                new PoolLoad(
                        component.bounds(),
                        component.slots(),
                        current,
                        pool.ready() + pool.runningSeconds().size(),
                        wanted,
                        track.lastUp(),
                        track.lastChange());
        return scaler.decide(load, at);
    }
}
