package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.reason.ReasonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the plan that a user started into a valid first one: bounds and maximum hold for it too.
 */
final class FirstPlan {

    private final DeploymentSpec spec;

    FirstPlan(DeploymentSpec spec) {
        this.spec = spec;
    }

    ScalePlan fit(ScalePlan given, Instant now) {
        List<PoolSize> sizes = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (ComponentSpec c : spec.components()) {
            PoolSize size = size(given, c);
            sizes.add(size);
            claims.add(
                    new Claim(
                            c.name(),
                            c.bounds().minimum(),
                            0,
                            size.workers(),
                            0,
                            0,
                            true,
                            false,
                            size.workers()));
        }
        Map<String, Integer> granted = WorkerCap.share(claims, Allowance.of(spec), true);
        List<PoolPlan> pools = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            String component = claims.get(i).component();
            pools.add(CapacityPlanner.poolPlan(component, sizes.get(i), granted, spec));
        }
        return new ScalePlan(
                spec.deploymentId(),
                1,
                pools,
                given.confidence(),
                given.predictedCompletionSeconds(),
                given.cost(),
                given.currency(),
                now);
    }

    private static PoolSize size(ScalePlan given, ComponentSpec component) {
        PoolPlan pool =
                given.pool(component.name())
                        .orElse(
                                new PoolPlan(
                                        component.name(),
                                        component.bounds().minimum(),
                                        "not in the plan that was started; its minimum",
                                        PoolSize.MINIMUM));
        int count = component.bounds().clamp(pool.desired());
        if (count == pool.desired()) {
            return new PoolSize(count, pool.reason(), pool.bindingConstraint());
        }
        String reason =
                ReasonText.format("%s; %d moved into its bounds", pool.reason(), pool.desired());
        return new PoolSize(
                count, reason, count < pool.desired() ? PoolSize.MAXIMUM : PoolSize.MINIMUM);
    }
}
