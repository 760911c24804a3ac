package io.scalable.planning;

import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plan that a deployment's workers follow, and whether another is worth telling. */
final class PlanInForce {

    /** A plan that changes no count follows another not sooner than this. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Map<String, Integer> desired = new HashMap<>();
    private @Nullable ScalePlan plan;
    private Instant madeAt;

    /**
     * @param at when the deployment was published
     */
    PlanInForce(Instant at) {
        madeAt = at;
    }

    /** Null before the first. */
    @Nullable ScalePlan plan() {
        return plan;
    }

    /** The workers that the plan wants of a component; 0 before the first. */
    int desired(String component) {
        return desired.getOrDefault(component, 0);
    }

    /** The generation of the plan that comes next. */
    long nextGeneration() {
        return plan == null ? 1 : plan.generation() + 1;
    }

    /** Another plan counts from now on; returns it. */
    ScalePlan replace(ScalePlan next) {
        plan = next;
        desired.clear();
        next.pools().forEach(p -> desired.put(p.component(), p.desired()));
        return next;
    }

    /** When the plan was made, by the clock of the demand lines. */
    void madeAt(Instant at) {
        madeAt = at;
    }

    /**
     * True if another limit binds now, or the end is expected at quite another time: worth a plan,
     * although no count changes.
     *
     * @param constraints what would bind each pool's count
     * @param seconds until the end
     */
    boolean surprises(Map<String, String> constraints, double seconds, Instant at) {
        ScalePlan before = plan;
        if (before == null || madeAt.plus(QUIET).isAfter(at)) {
            return false;
        }
        return surprising(before.predictedCompletionSeconds(), seconds, at)
                || before.pools().stream().anyMatch(pool -> otherwise(pool, constraints));
    }

    private static boolean otherwise(PoolPlan pool, Map<String, String> constraints) {
        String now = constraints.get(pool.component());
        return now != null
                && !pool.bindingConstraint().equals(now)
                && !pool.bindingConstraint().equals(PoolSize.MAX_WORKERS);
    }

    /** True if {@code seconds} are left, and the plan leads to expect half or twice that. */
    private boolean surprising(@Nullable Double predicted, double seconds, Instant at) {
        if (predicted == null || Double.isInfinite(seconds)) {
            return false;
        }
        double expected = Math.max(0, predicted - Duration.between(madeAt, at).toMillis() / 1000.0);
        double least = QUIET.toSeconds();
        return Math.max(expected, least) > 2 * Math.max(seconds, least)
                || Math.max(seconds, least) > 2 * Math.max(expected, least);
    }
}
