package io.scalable.planning;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pool may become as large as it should be: bounds, thresholds and cooldown. The planner
 * and {@link AdaptiveScaler} both use it. Up and down are judged apart.
 */
final class PoolScaler {

    private final ScalingRule rule;

    PoolScaler(ScalingRule rule) {
        this.rule = rule;
    }

    /** The size that the pool should have from {@code now} on, with the reason. */
    PoolSize decide(PoolLoad load, Instant now) {
        int current = load.current();
        int minimum = load.bounds().minimum();
        int maximum = load.bounds().maximum();
        if (current < minimum && load.wanted().workers() <= minimum) {
            return new PoolSize(minimum, "its minimum is " + minimum, PoolSize.MINIMUM);
        }
        if (current > maximum) {
            return new PoolSize(maximum, "its maximum is " + maximum, PoolSize.MAXIMUM);
        }
        int wanted = load.bounds().clamp(load.wanted().workers());
        if (wanted > current) {
            return grow(load, now);
        }
        return wanted < current ? shrink(load, now) : load.wanted();
    }

    private PoolSize grow(PoolLoad load, Instant now) {
        if (load.utilisation() <= rule.up()) {
            return hold(load, "below the scale-up threshold", PoolSize.UTILISATION);
        }
        if (load.current() > 0 && load.lastUp() != null && cooling(load.lastChange(), now)) {
            return hold(load, "grows after the cooldown", PoolSize.COOLDOWN);
        }
        return load.wanted();
    }

    private PoolSize shrink(PoolLoad load, Instant now) {
        if (load.utilisation() >= rule.down()) {
            return hold(load, "above the scale-down threshold", PoolSize.UTILISATION);
        }
        if (cooling(load.lastChange(), now)) {
            return hold(load, "shrinks after the cooldown", PoolSize.COOLDOWN);
        }
        return load.wanted();
    }

    private boolean cooling(@Nullable Instant last, Instant now) {
        return last != null && Duration.between(last, now).compareTo(rule.cooldown()) < 0;
    }

    private static PoolSize hold(PoolLoad load, String why, String constraint) {
        return new PoolSize(load.current(), load.wanted().reason() + "; " + why, constraint);
    }
}
