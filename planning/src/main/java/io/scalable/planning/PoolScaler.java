package io.scalable.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The rule by which one pool grows and shrinks; the planner and {@link AdaptiveScaler} both use it.
 * Up and down are judged apart: it grows when the objective wants more and there is work for them,
 * it shrinks only when there are more workers than tasks, for long enough. Between the two it stays
 * as it is.
 */
final class PoolScaler {

    private final ScalingRule rule;

    PoolScaler(ScalingRule rule) {
        this.rule = rule;
    }

    /** The size that the pool should have from {@code now} on, with the reason. */
    PoolSize decide(PoolLoad load, Instant now) {
        int minimum = load.bounds().minimum();
        if (load.exhausted()) {
            return new PoolSize(minimum, "no work is left for it", PoolSize.MINIMUM);
        }
        if (load.current() < minimum) {
            return new PoolSize(minimum, "its minimum is " + minimum, PoolSize.MINIMUM);
        }
        if (load.current() > load.bounds().maximum()) {
            int maximum = load.bounds().maximum();
            return new PoolSize(maximum, "its maximum is " + maximum, PoolSize.MAXIMUM);
        }
        int target = load.bounds().clamp(Math.min(load.size().workers(), load.useful()));
        if (target > load.current()) {
            return grow(load, target, now);
        }
        if (load.needed() < load.current() && load.current() > minimum) {
            return shrink(load, now);
        }
        return new PoolSize(load.current(), load.size().reason(), constraint(load));
    }

    private PoolSize grow(PoolLoad load, int target, Instant now) {
        if (load.utilisation() <= rule.up()) {
            return hold(load, "below the scale-up threshold", PoolSize.UTILISATION);
        }
        if (load.current() > 0 && load.lastUp() != null && cooling(load, now)) {
            return hold(load, "grows after the cooldown", PoolSize.COOLDOWN);
        }
        String reason = work(load) + "; " + load.size().reason();
        return new PoolSize(
                target,
                reason,
                target < load.size().workers()
                        ? clampedBy(load, target)
                        : load.size().constraint());
    }

    private PoolSize shrink(PoolLoad load, Instant now) {
        if (load.utilisation() >= rule.down()) {
            return hold(load, "above the scale-down threshold", PoolSize.UTILISATION);
        }
        if (cooling(load, now)) {
            return hold(load, "shrinks after the cooldown", PoolSize.COOLDOWN);
        }
        if (load.surplus().compareTo(rule.patience()) < 0) {
            return hold(
                    load,
                    "idle workers stay a while, starting others would cost more",
                    PoolSize.START_DELAY);
        }
        int target = Math.max(load.bounds().minimum(), load.needed());
        String reason = work(load) + "; more workers than tasks";
        return new PoolSize(
                target, reason, target > load.needed() ? PoolSize.MINIMUM : PoolSize.TASKS);
    }

    private boolean cooling(PoolLoad load, Instant now) {
        Instant last = load.lastChange();
        return last != null && Duration.between(last, now).compareTo(rule.cooldown()) < 0;
    }

    private static PoolSize hold(PoolLoad load, String why, String constraint) {
        return new PoolSize(load.current(), work(load) + "; " + why, constraint);
    }

    private static String constraint(PoolLoad load) {
        if (load.current() == load.bounds().maximum()) {
            return PoolSize.MAXIMUM;
        }
        return load.current() >= load.useful() ? PoolSize.TASKS : load.size().constraint();
    }

    private static String clampedBy(PoolLoad load, int target) {
        return target == load.useful() ? PoolSize.TASKS : PoolSize.MAXIMUM;
    }

    private static String work(PoolLoad load) {
        String soon = load.soon() == 0 ? "" : ", " + load.soon() + " more soon";
        return String.format(
                Locale.ROOT,
                "%d %s%s for %d %s",
                load.tasks(),
                load.tasks() == 1 ? "task" : "tasks",
                soon,
                load.current(),
                load.current() == 1 ? "worker" : "workers");
    }
}
