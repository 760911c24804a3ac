package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.List;

/**
 * Decides for pools that belong to no deployment: it learns from each line, then scales. {@code
 * scalable decide} and the benchmark of scaling decisions both ask it.
 */
public final class Decider {

    private final WorkEstimator estimator;
    private final PoolScaling scaling;

    private Decider(WorkEstimator estimator, PoolScaling scaling) {
        this.estimator = estimator;
        this.scaling = scaling;
    }

    /**
     * For a known graph.
     *
     * @param tasks in topological order
     * @param intervalSeconds how often it is asked
     * @throws IllegalArgumentException if a task names a pool or parent that is not there
     */
    public static Decider ofGraph(
            List<PoolSpec> pools,
            List<GraphTask> tasks,
            Economics economics,
            Goal goal,
            double intervalSeconds) {
        var estimator = new WorkEstimator(economics);
        return new Decider(
                estimator, GraphScaler.ofTasks(pools, tasks, estimator, goal, intervalSeconds));
    }

    /** For tasks of which nothing is known before they come. */
    public static Decider ofStream(
            List<PoolSpec> pools, Economics economics, Goal goal, double intervalSeconds) {
        var estimator = new WorkEstimator(economics);
        return new Decider(estimator, new FlowScaler(pools, estimator, goal, intervalSeconds));
    }

    /** A target for every pool, in the order of the pools; each line once, in order. */
    public List<PoolTarget> decide(PoolDemand demand) {
        estimator.observe(demand);
        return scaling.decide(demand);
    }
}
