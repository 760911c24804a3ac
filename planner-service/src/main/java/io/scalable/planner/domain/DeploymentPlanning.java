package io.scalable.planner.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.worker.WorkerBills;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.planner.domain.PlannerOutput.Forget;
import io.scalable.planner.domain.PlannerOutput.PublishPlan;
import io.scalable.planner.domain.PlannerOutput.Refused;
import io.scalable.planner.domain.PlannerOutput.Remember;
import io.scalable.planning.DeploymentPlanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the planner has on one deployment. Topics are read side by side, so demand, requests and
 * plans may be there before the deployment itself; they wait for it.
 */
final class DeploymentPlanning {

    /** More requests than this do not wait for a deployment that is not there. */
    private static final int MOST_WAITING = 100;

    private final String deploymentId;
    private @Nullable DeploymentPlanner planner;
    private @Nullable ScalePlan published;
    private @Nullable DurationsLearned remembered;
    private @Nullable PoolDemand demand;
    private final List<ScaleRequested> requests = new ArrayList<>();

    /** What the workers cost; a deployment that is published again has spent it all the same. */
    private WorkerBills bills = new WorkerBills();

    DeploymentPlanning(String deploymentId) {
        this.deploymentId = deploymentId;
    }

    /** True while the deployment has not ended, as far as is known. */
    boolean hasDeployment() {
        return planner != null;
    }

    /** True if the planner has written something of it that is still there. */
    boolean hasWritten() {
        return published != null || remembered != null;
    }

    /** Takes in the deployment; one that is known already and unchanged keeps its planner. */
    void spec(DeploymentSpec spec) {
        DeploymentPlanner before = planner;
        if (before != null && before.spec().equals(spec)) {
            return;
        }
        var next = new DeploymentPlanner(spec, bills);
        Optional.ofNullable(before)
                .flatMap(DeploymentPlanner::lastPlan)
                .or(() -> Optional.ofNullable(published))
                .ifPresent(next::restore);
        if (before != null) {
            next.recall(before.knowledge(spec.createdAt()));
        } else if (remembered != null) {
            next.recall(remembered);
        }
        planner = next;
    }

    void seen(ScalePlan plan) {
        if (published == null || plan.generation() > published.generation()) {
            published = plan;
        }
        if (planner != null) {
            planner.restore(plan);
        }
    }

    void planForgotten() {
        published = null;
    }

    /**
     * What this planner, or one before it, has learned.
     *
     * @param live true if this planner decides: then it knows better itself
     */
    void seen(DurationsLearned durations, boolean live) {
        remembered = durations;
        if (planner != null && !live) {
            planner.recall(durations);
        }
    }

    void durationsForgotten() {
        remembered = null;
    }

    void heard(WorkerLifecycle event) {
        bills.add(event);
    }

    /** The deployment has ended: what waited for it goes. True if anything is to be forgotten. */
    boolean end() {
        boolean planned = hasWritten() || planner != null;
        setAside();
        bills = new WorkerBills();
        return planned;
    }

    /** Nothing is planned until the deployment is published again; what was published stays. */
    void setAside() {
        planner = null;
        demand = null;
        requests.clear();
    }

    void keep(PoolDemand line) {
        demand = line;
    }

    void keep(ScaleRequested request) {
        if (requests.size() < MOST_WAITING) {
            requests.add(request);
        }
    }

    /**
     * Begins to plan, or goes on from the plan that was published, and sees to what waits.
     *
     * @param liveSince when this instance began to decide
     */
    List<PlannerOutput> wake(Instant now, Instant liveSince) {
        DeploymentPlanner awake = planner;
        if (awake == null) {
            return List.of();
        }
        Instant since = published == null ? awake.spec().createdAt() : published.at();
        var out = new ArrayList<PlannerOutput>(publish(awake.begin(now)));
        for (ScaleRequested request : List.copyOf(requests)) {
            if (request.at().isAfter(since)) {
                out.addAll(request(request, now));
            }
        }
        requests.clear();
        PoolDemand line = demand;
        if (line != null) {
            demand = null;
            out.addAll(observe(line, now, liveSince));
        }
        return out;
    }

    /** Decides by a demand line; one from before this instance's time is only learned from. */
    List<PlannerOutput> observe(PoolDemand line, Instant now, Instant liveSince) {
        DeploymentPlanner awake = planner;
        if (awake == null) {
            return List.of();
        }
        if (line.at().plus(DeploymentPlanner.STALE).isBefore(liveSince)) {
            boolean _ = awake.learn(line);
            return List.of();
        }
        var out = new ArrayList<PlannerOutput>(publish(awake.observe(line, now)));
        awake.memory().ifPresent(learned -> out.add(new Remember(learned)));
        return out;
    }

    /** The plan is never older than the request, so that a replay knows the request as done. */
    List<PlannerOutput> request(ScaleRequested request, Instant now) {
        DeploymentPlanner awake = planner;
        if (awake == null) {
            return List.of();
        }
        if (awake.spec().component(request.component()).isEmpty()) {
            return List.of(new Refused(deploymentId, unknown(request, awake.spec())));
        }
        Instant at = request.at().isAfter(now) ? request.at() : now;
        return publish(awake.request(request, at));
    }

    private static String unknown(ScaleRequested request, DeploymentSpec spec) {
        return "deployment '"
                + spec.deploymentId()
                + "' has no component '"
                + request.component()
                + "'; it has "
                + spec.components().stream().map(c -> c.name()).toList();
    }

    List<PlannerOutput> forget() {
        published = null;
        remembered = null;
        return List.of(new Forget(deploymentId));
    }

    private List<PlannerOutput> publish(Optional<ScalePlan> plan) {
        plan.ifPresent(p -> published = p);
        return plan.<List<PlannerOutput>>map(p -> List.of(new PublishPlan(p))).orElse(List.of());
    }
}
