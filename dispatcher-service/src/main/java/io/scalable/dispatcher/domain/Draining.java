package io.scalable.dispatcher.domain;

import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.util.ArrayList;

/** The dispatcher's part of scale-in: it asks the workers that have the least to leave. */
final class Draining {

    private Draining() {}

    /** Takes a newer plan; an older one, or the same again, changes nothing. */
    static void planned(Turn t, ScalePlan plan) {
        DeploymentEntry deployment = t.state.deployment();
        if (deployment == null) {
            return;
        }
        ScalePlan before = deployment.plan();
        if (before == null || before.generation() < plan.generation()) {
            t.put(deployment.planned(plan));
            drainExcess(t);
        }
    }

    /** Drains what is ready above the plan; without a plan nobody is drained. */
    static void drainExcess(Turn t) {
        DeploymentEntry deployment = t.state.deployment();
        ScalePlan plan = deployment == null ? null : deployment.plan();
        if (plan == null) {
            return;
        }
        for (PoolPlan pool : plan.pools()) {
            int excess = t.state.workers.readyCount(pool.component()) - pool.desired();
            if (excess > 0) {
                drain(t, pool, excess);
            }
        }
    }

    private static void drain(Turn t, PoolPlan pool, int excess) {
        var leaving = new ArrayList<WorkerEntry>();
        for (WorkerEntry worker : t.state.workers.ready(pool.component())) {
            if (leaving.size() == excess) {
                break;
            }
            leaving.add(worker);
        }
        for (WorkerEntry worker : leaving) {
            t.put(worker.in(Phase.DRAINING));
            t.tell(worker, new DrainRequested(worker.workerId(), pool.reason()));
        }
    }
}
