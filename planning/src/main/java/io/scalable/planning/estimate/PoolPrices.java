package io.scalable.planning.estimate;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of a deployment's pools cost, as plans weigh them: in money where the deployment
 * has prices, else by their cores.
 */
public final class PoolPrices {

    private static final double LEAST = 0.01;

    private final @Nullable Pricing pricing;
    private final Map<String, Double> weights = new LinkedHashMap<>();

    private PoolPrices(DeploymentSpec spec) {
        pricing = spec.pricing();
        double cores = 0;
        double money = 0;
        for (ComponentSpec c : spec.components()) {
            cores += c.cpus();
            money += perHour(c.name());
        }
        for (ComponentSpec c : spec.components()) {
            // Brought to the size of cores: the thresholds of the search are made for those.
            double weight = money > 0 ? perHour(c.name()) * cores / money : c.cpus();
            weights.put(c.name(), Math.max(LEAST, weight));
        }
    }

    public static PoolPrices of(DeploymentSpec spec) {
        return new PoolPrices(spec);
    }

    /** What a second of one worker costs, relative to other pools, above 0. */
    public double weight(String component) {
        return weights.getOrDefault(component, LEAST);
    }

    /** What an hour of one worker costs; 0 without prices. */
    public double perHour(String component) {
        return pricing == null ? 0 : pricing.perHour(component);
    }

    /** The prices themselves; empty without any. */
    public Optional<Pricing> pricing() {
        return Optional.ofNullable(pricing);
    }

    /**
     * What is paid for workers of a pool that share some work; 0 without prices.
     *
     * @param workers how many of them are started for it
     * @param seconds the work, on one worker
     */
    public double cost(String component, int workers, double seconds) {
        if (pricing == null) {
            return 0;
        }
        double each = workers == 0 ? 0 : pricing.startSeconds() + seconds / workers;
        return workers == 0
                ? pricing.perHour(component) / 3600 * seconds
                : workers * pricing.cost(component, each);
    }
}
