package io.scalable.contracts.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.scale-plans}: the desired worker count of every pool of a deployment,
 * with reasons.
 *
 * @param deploymentId the deployment
 * @param generation 1 for the first plan, then one more each; a smaller one never replaces a larger
 *     one
 * @param pools one for every pool, in manifest order
 * @param confidence from 0 to 1: how much evidence the durations rest on
 * @param predictedCompletionSeconds seconds from {@code at} until the known work is done; null if
 *     unknown
 * @param cost predicted cost of the known work; null without a price
 * @param currency the cost's currency; null without a price
 * @param at when it was decided
 * @param answers the {@link ScaleRequested#requestId()} that this plan was made for; null for none
 */
public record ScalePlan(
        String deploymentId,
        long generation,
        List<PoolPlan> pools,
        double confidence,
        @Nullable Double predictedCompletionSeconds,
        @Nullable Double cost,
        @Nullable String currency,
        Instant at,
        @Nullable String answers) {

    /** What rests on assumptions alone has 0.1; see {@link #expectedSeconds}. */
    private static final double LEAST_CONFIDENCE = 0.15;

    public ScalePlan {
        pools = List.copyOf(pools);
    }

    /** A plan that nobody asked for. */
    public ScalePlan(
            String deploymentId,
            long generation,
            List<PoolPlan> pools,
            double confidence,
            @Nullable Double predictedCompletionSeconds,
            @Nullable Double cost,
            @Nullable String currency,
            Instant at) {
        this(
                deploymentId,
                generation,
                pools,
                confidence,
                predictedCompletionSeconds,
                cost,
                currency,
                at,
                null);
    }

    /** The part of the pool of {@code component}. */
    public Optional<PoolPlan> pool(String component) {
        return pools.stream().filter(p -> p.component().equals(component)).findFirst();
    }

    /** The desired workers of {@code component}; 0 for a pool that the plan does not name. */
    public int desired(String component) {
        return pool(component).map(PoolPlan::desired).orElse(0);
    }

    /**
     * {@link #predictedCompletionSeconds} where it rests on something: null where most of the work
     * is of unknown duration, and the prediction is no more than an assumption.
     */
    public @Nullable Double expectedSeconds() {
        return confidence < LEAST_CONFIDENCE ? null : predictedCompletionSeconds;
    }

    /** The same plan with other pools. */
    public ScalePlan withPools(List<PoolPlan> others) {
        return with(others, answers);
    }

    /** The same plan as the answer to a request; null for none. */
    public ScalePlan answering(@Nullable String requestId) {
        return with(pools, requestId);
    }

    private ScalePlan with(List<PoolPlan> otherPools, @Nullable String otherAnswers) {
        return new ScalePlan(
                deploymentId,
                generation,
                otherPools,
                confidence,
                predictedCompletionSeconds,
                cost,
                currency,
                at,
                otherAnswers);
    }
}
