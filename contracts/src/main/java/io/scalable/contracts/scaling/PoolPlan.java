package io.scalable.contracts.scaling;

/**
 * One pool's part of a scale plan.
 *
 * @param component the pool's component
 * @param desired how many workers it should have: idle, running and starting ones together
 * @param reason why, for people
 * @param bindingConstraint what kept it from being different, such as {@code tasks}, {@code
 *     maximum}, {@code minimum}, {@code max_workers}, {@code max_cost_per_hour}, {@code budget},
 *     {@code walltime}, {@code cooldown}, {@code manual}
 */
public record PoolPlan(String component, int desired, String reason, String bindingConstraint) {
    public PoolPlan {
        if (desired < 0) {
            throw new IllegalArgumentException("desired must be 0 or more: " + desired);
        }
    }
}
