package io.scalable.planner.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.worker.WorkerBills;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.planner.domain.PlannerOutput.ForgetPlan;
import io.scalable.planner.domain.PlannerOutput.PublishPlan;
import io.scalable.planner.domain.PlannerOutput.Refused;
import io.scalable.planning.DeploymentPlanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the planner has on one deployment. Topics are read side by side, so demand, requests and
 * plans may be there before the deployment itself; they wait for it.
 */
final class Desk {

    /** More requests than this do not wait for a deployment that is not there. */
    private static final int MOST_WAITING = 100;

    private final String deploymentId;
    private @Nullable DeploymentPlanner planner;
    private @Nullable ScalePlan published;
    private @Nullable PoolDemand demand;
    private final List<ScaleRequested> requests = new ArrayList<>();

    /** What the workers cost; a deployment that is published again has spent it all the same. */
    private WorkerBills bills = new WorkerBills();

    Desk(String deploymentId) {
        this.deploymentId = deploymentId;
    }

    /** True while the deployment has not ended, as far as is known. */
    boolean hasDeployment() {
        return planner != null;
    }

    boolean hasPlan() {
        return published != null;
    }

    /** Takes in the deployment; one that is known already and unchanged keeps its planner. */
    void spec(DeploymentSpec spec) {
        if (planner == null || !planner.spec().equals(spec)) {
            var next = new DeploymentPlanner(spec, bills);
            Optional.ofNullable(planner)
                    .flatMap(DeploymentPlanner::lastPlan)
                    .or(() -> Optional.ofNullable(published))
                    .ifPresent(next::restore);
            planner = next;
        }
    }

    void seen(ScalePlan plan) {
        if (published == null || plan.generation() > published.generation()) {
            published = plan;
        }
        if (planner != null) {
            planner.restore(plan);
        }
    }

    void heard(WorkerLifecycle event) {
        bills.add(event);
    }

    void planForgotten() {
        published = null;
    }

    /** The deployment has ended: what waited for it goes. True if a plan was in force. */
    boolean end() {
        boolean planned = published != null || planner != null;
        planner = null;
        demand = null;
        requests.clear();
        bills = new WorkerBills();
        return planned;
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
        var out = new ArrayList<PlannerOutput>();
        Instant since = published == null ? awake.spec().createdAt() : published.at();
        out.addAll(guarded(() -> awake.begin(now)));
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
        boolean history = line.at().plus(DeploymentPlanner.STALE).isBefore(liveSince);
        return guarded(
                () -> {
                    if (!history) {
                        return awake.observe(line, now);
                    }
                    boolean unused = awake.learn(line);
                    return Optional.empty();
                });
    }

    /** The plan is never older than the request, so that a replay knows the request as done. */
    List<PlannerOutput> request(ScaleRequested request, Instant now) {
        DeploymentPlanner awake = planner;
        Instant at = request.at().isAfter(now) ? request.at() : now;
        return awake == null ? List.of() : guarded(() -> awake.request(request, at));
    }

    List<PlannerOutput> forget() {
        published = null;
        return List.of(new ForgetPlan(deploymentId));
    }

    /** One deployment that cannot be planned must not stop the others. */
    private List<PlannerOutput> guarded(Supplier<Optional<ScalePlan>> decision) {
        try {
            Optional<ScalePlan> plan = decision.get();
            plan.ifPresent(p -> published = p);
            return plan.<List<PlannerOutput>>map(p -> List.of(new PublishPlan(p)))
                    .orElse(List.of());
        } catch (RuntimeException e) {
            String what = e.getMessage() == null ? e.toString() : e.getMessage();
            return List.of(new Refused(deploymentId, what));
        }
    }
}
