package io.scalable.planning.simulation;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.DeploymentPlanner;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The planner itself as a scaler: the plan in force holds until the next. */
public final class PlannedScaler implements Scaler {

    private final DeploymentPlanner planner;
    private final boolean drainsBusy;

    /**
     * @param planner of the simulated deployment; it sees its first demand here
     * @param drainsBusy see {@link Scaler#drainsBusy}
     */
    public PlannedScaler(DeploymentPlanner planner, boolean drainsBusy) {
        this.planner = planner;
        this.drainsBusy = drainsBusy;
    }

    /**
     * A planner of {@code spec} to which nothing has happened.
     *
     * @param economics what starting and keeping a worker costs, as the planner is told
     * @param drainsBusy see {@link Scaler#drainsBusy}
     */
    public static PlannedScaler of(DeploymentSpec spec, Economics economics, boolean drainsBusy) {
        var estimator = new WorkEstimator(spec, economics);
        return new PlannedScaler(new DeploymentPlanner(spec, estimator), drainsBusy);
    }

    @Override
    public Map<String, Integer> decide(PoolDemand demand) {
        var unused = planner.begin(demand.at());
        unused = planner.observe(demand, demand.at());
        ScalePlan plan = planner.lastPlan().orElseThrow();
        var desired = new LinkedHashMap<String, Integer>();
        for (PoolPlan pool : plan.pools()) {
            desired.put(pool.component(), pool.desired());
        }
        return desired;
    }

    @Override
    public boolean drainsBusy() {
        return drainsBusy;
    }
}
