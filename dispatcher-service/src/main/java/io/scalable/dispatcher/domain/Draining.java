package io.scalable.dispatcher.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The dispatcher's part of scale-in: it asks the workers that have the least to leave. */
final class Draining {

    private static final Duration FOREVER = Duration.ofDays(365);

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

    /**
     * Drains what is ready above the plan, and what is ready of a component that the deployment
     * does not have any more; without a plan nobody else is drained.
     */
    static void drainExcess(Turn t) {
        drainLostPools(t);
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

    private static void drainLostPools(Turn t) {
        DeploymentSpec spec = t.state.spec();
        if (spec == null) {
            return;
        }
        for (String component : t.state.workers.components()) {
            if (t.state.workers.readyCount(component) > 0 && spec.component(component).isEmpty()) {
                String reason = "the deployment has no component '" + component + "' any more";
                t.state.workers.in(Phase.READY, component).forEach(w -> drain(t, w, reason));
            }
        }
    }

    private static void drain(Turn t, PoolPlan pool, int excess) {
        for (WorkerEntry worker : leaving(t.state.workers.ready(pool.component()), excess, t.now)) {
            drain(t, worker, pool.reason());
        }
    }

    private static void drain(Turn t, WorkerEntry worker, String reason) {
        t.put(worker.in(Phase.DRAINING));
        t.tell(worker, new DrainRequested(worker.workerId(), reason));
    }

    /**
     * Workers whose allocation is about to end go first, since their successors are there; then, as
     * {@code ready} has them, idle ones first.
     */
    static List<WorkerEntry> leaving(Iterable<WorkerEntry> ready, int excess, Instant now) {
        var all = new ArrayList<WorkerEntry>();
        ready.forEach(all::add);
        Duration longest =
                all.stream()
                        .map(worker -> left(worker, now))
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        Duration little = longest.dividedBy(2);
        all.sort(Comparator.comparing(worker -> left(worker, now).compareTo(little) >= 0));
        return all.subList(0, Math.min(excess, all.size()));
    }

    /** The time that the worker's allocation still lasts; very long where it does not end. */
    private static Duration left(WorkerEntry worker, Instant now) {
        Instant end = worker.endsAt();
        return end == null ? FOREVER : Duration.between(now, end);
    }
}
