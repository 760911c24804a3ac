package io.scalable.planning;

import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.planning.estimate.PoolPrices;
import io.scalable.planning.estimate.Stages;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.planning.lookahead.FlowScaler;
import io.scalable.planning.lookahead.Goal;
import io.scalable.planning.lookahead.GraphScaler;
import io.scalable.planning.lookahead.PoolScaling;
import io.scalable.planning.lookahead.PoolSpec;
import io.scalable.planning.lookahead.PoolTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * How large the pools of a deployment should be for their work: pools whose tasks the manifest
 * names by the graph, the others by what comes in.
 */
final class WorkSizer {

    /** How often demand comes while something happens, seconds. */
    private static final double INTERVAL = 1;

    private final List<PoolScaling> scalers = new ArrayList<>();

    /**
     * @param closed pools whose work is all in the manifest
     * @param planned the workers planned for each pool; the search begins there
     */
    WorkSizer(
            DeploymentSpec spec,
            WorkEstimator estimator,
            Predicate<String> closed,
            ToIntFunction<String> planned) {
        List<PoolSpec> graph = new ArrayList<>();
        List<PoolSpec> flow = new ArrayList<>();
        for (ComponentSpec c : spec.components()) {
            (closed.test(c.name()) ? graph : flow).add(pool(spec, c));
        }
        Goal goal = Goal.of(spec.objective(), spec.policy(), spec.deadlineSeconds());
        if (!graph.isEmpty()) {
            int[] counts = graph.stream().map(PoolSpec::name).mapToInt(planned).toArray();
            var stages = new Stages(spec, estimator);
            scalers.add(GraphScaler.ofGroups(graph, stages, estimator, goal, INTERVAL, counts));
        }
        if (!flow.isEmpty()) {
            scalers.add(new FlowScaler(flow, estimator, goal, INTERVAL));
        }
    }

    private static PoolSpec pool(DeploymentSpec spec, ComponentSpec component) {
        Bounds own = component.bounds();
        int allowed = Math.max(1, Allowance.of(spec).most(component.name()));
        int most = Math.max(own.minimum(), Math.min(own.maximum(), allowed));
        double price = PoolPrices.of(spec).weight(component.name());
        var bounds = new Bounds(own.minimum(), most);
        return new PoolSpec(component.name(), bounds, price, component.slots());
    }

    /**
     * The size of every pool. Each line once, in order; the estimator has learned from it.
     *
     * @param desired the workers that each pool should have by the plan in force
     */
    Map<String, PoolSize> sizes(PoolDemand demand, ToIntFunction<String> desired) {
        PoolDemand settled = settled(demand, desired);
        Map<String, PoolSize> sizes = new HashMap<>();
        for (PoolScaling scaler : scalers) {
            for (PoolTarget target : scaler.decide(settled)) {
                var size = new PoolSize(target.desired(), target.reason(), target.constraint());
                sizes.put(target.pool(), size);
            }
        }
        return sizes;
    }

    private static PoolDemand settled(PoolDemand demand, ToIntFunction<String> desired) {
        List<PoolObservation> pools =
                demand.pools().stream()
                        .map(p -> PlannedPool.as(p, desired.applyAsInt(p.pool())))
                        .toList();
        return new PoolDemand(
                demand.deploymentId(),
                demand.at(),
                demand.type(),
                demand.nowSeconds(),
                pools,
                demand.tasksStarted(),
                demand.tasksDone());
    }

    /** Seconds from the last decision until the known work is done; infinite if it never is. */
    double secondsLeft() {
        return scalers.stream().mapToDouble(PoolScaling::secondsLeft).max().orElse(0);
    }
}
