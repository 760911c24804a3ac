package io.scalable.planning;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import java.util.Map;

/**
 * What the pools of a deployment share.
 *
 * @param workers the most workers over all pools
 * @param perHour the most that all workers together may cost in an hour; infinite for no limit
 * @param prices what a worker costs for an hour, by component
 */
record Allowance(int workers, double perHour, Map<String, Double> prices) {

    /** Sums of prices are not exact. */
    static final double EXACT = 1e-9;

    static Allowance of(DeploymentSpec spec) {
        Pricing pricing = spec.pricing();
        Double most = pricing == null ? null : pricing.maxPerHour();
        return new Allowance(
                CapacityPlanner.cap(spec),
                most == null ? Double.POSITIVE_INFINITY : most,
                pricing == null ? Map.of() : pricing.perHour());
    }

    static Allowance ofWorkers(int workers) {
        return new Allowance(workers, Double.POSITIVE_INFINITY, Map.of());
    }

    double price(String component) {
        return prices.getOrDefault(component, 0.0);
    }

    /** As many workers of one pool as may be there if it is the only one. */
    int most(String component) {
        double price = price(component);
        if (price == 0 || Double.isInfinite(perHour)) {
            return workers;
        }
        return (int) Math.min(workers, Math.floor((perHour + EXACT) / price));
    }

    double cost(Map<String, Integer> counts) {
        return counts.entrySet().stream().mapToDouble(e -> price(e.getKey()) * e.getValue()).sum();
    }

    /** True if it is their cost that keeps the pool from one worker more. */
    boolean costBinds(String component, Map<String, Integer> counts) {
        return cost(counts) + price(component) > perHour + EXACT
                || (workers == Integer.MAX_VALUE && perHour < Double.POSITIVE_INFINITY);
    }
}
