package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.planning.estimate.PoolPrices;
import io.scalable.planning.estimate.Stage;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the work that is left of a deployment costs from now on. */
final class RemainingCost {

    private final DeploymentSpec spec;
    private final WorkEstimator estimator;

    RemainingCost(DeploymentSpec spec, WorkEstimator estimator) {
        this.spec = spec;
        this.estimator = estimator;
    }

    /**
     * In the currency of the prices; null without prices.
     *
     * @param granted the count of every pool
     * @param seen the workers that are there
     */
    @Nullable Double of(List<Stage> remaining, Map<String, Integer> granted, PoolDemand seen) {
        PoolPrices prices = PoolPrices.of(spec);
        if (prices.pricing().isEmpty()) {
            return null;
        }
        var alive = new HashMap<String, Integer>();
        seen.pools().forEach(p -> alive.put(p.pool(), p.alive()));
        double sum = 0;
        for (ComponentSpec component : spec.components()) {
            String name = component.name();
            double busy =
                    remaining.stream()
                            .filter(stage -> stage.component().equals(name))
                            .mapToDouble(stage -> workerSeconds(stage, component))
                            .sum();
            int starts = granted.getOrDefault(name, 0) - alive.getOrDefault(name, 0);
            sum += prices.cost(name, busy == 0 ? 0 : Math.max(0, starts), busy);
        }
        return sum;
    }

    private double workerSeconds(Stage stage, ComponentSpec component) {
        double each = estimator.slotSeconds(stage.task(), component.name());
        double running = stage.running() * Math.min(each, stage.runningSeconds());
        return (stage.waiting() * each + running) / component.slots();
    }
}
