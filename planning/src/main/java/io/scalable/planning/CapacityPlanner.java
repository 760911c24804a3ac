package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.estimate.Stage;
import io.scalable.planning.estimate.Stages;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.planning.reason.ReasonText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a deployment's first plan, before anything has run: it plays the manifest's tasks through
 * many scenarios on the candidate worker counts and picks by objective and policy. Stateless and
 * thread-safe.
 */
public final class CapacityPlanner {

    /** The plan of generation 1, made at {@code at} from hints, earlier runs and priors. */
    public ScalePlan plan(DeploymentSpec spec, Instant at) {
        return plan(spec, new WorkEstimator(spec), at);
    }

    /**
     * The plan of generation 1.
     *
     * @param spec the deployment; its walltime counts from its creation
     * @param estimator what is known of its tasks' durations
     * @param at when the plan is made
     */
    public ScalePlan plan(DeploymentSpec spec, WorkEstimator estimator, Instant at) {
        return capacity(spec, estimator, at).first();
    }

    /** The plan with everything that led to it, from hints, earlier runs and priors. */
    public CapacityPlan capacity(DeploymentSpec spec, Instant at) {
        return capacity(spec, new WorkEstimator(spec), at);
    }

    /** The plan with everything that led to it. */
    public CapacityPlan capacity(DeploymentSpec spec, WorkEstimator estimator, Instant at) {
        List<Stage> work = new Stages(spec, estimator).planned();
        var forecast = new CompletionForecast(spec, work, estimator);
        var front = new CapacityFront(spec, work, estimator, forecast);
        List<CapacityFront.Choice> choices = work.isEmpty() ? List.of() : front.choices();
        Double walltime = deadlineLeft(spec, at);
        CapacityChooser.Chosen chosen = null;
        if (!work.isEmpty() && spec.policy() != Policy.MANUAL) {
            chosen = new CapacityChooser(spec.objective(), walltime).choose(choices);
        }
        Map<String, PoolSize> sizes = new LinkedHashMap<>();
        for (ComponentSpec c : spec.components()) {
            sizes.put(c.name(), planned(spec, c, chosen, front));
        }
        Map<String, Integer> workers = new LinkedHashMap<>();
        sizes.forEach((c, size) -> workers.put(c, size.workers()));
        CapacityPlan.Completion completion = null;
        boolean feasible = true;
        if (!work.isEmpty()) {
            double[] ends = forecast.completions(workers, 1);
            completion =
                    new CapacityPlan.Completion(
                            CompletionForecast.quantile(ends, 0.5),
                            CompletionForecast.quantile(ends, 0.95));
            feasible =
                    chosen != null
                            ? chosen.feasible()
                            : walltime == null || front.choice(workers).seconds() <= walltime;
        }
        CapacityPlan.Cost cost = cost(spec, front.coreSeconds(workers), forecast, workers);
        ScalePlan first = first(spec, work, sizes, completion, cost, estimator, at);
        return new CapacityPlanReport(spec, work, estimator)
                .plan(sizes, completion, cost, feasible, choices, first);
    }

    /** In money, too, where there are prices. */
    private static CapacityPlan.Cost cost(
            DeploymentSpec spec,
            double coreSeconds,
            CompletionForecast forecast,
            Map<String, Integer> workers) {
        Pricing pricing = spec.pricing();
        if (pricing == null) {
            return new CapacityPlan.Cost(null, null, null, coreSeconds / 3600);
        }
        double[] costs = forecast.costs(workers);
        return new CapacityPlan.Cost(
                CompletionForecast.quantile(costs, 0.5),
                CompletionForecast.quantile(costs, 0.95),
                pricing.currency(),
                coreSeconds / 3600);
    }

    private static PoolSize planned(
            DeploymentSpec spec,
            ComponentSpec component,
            CapacityChooser.@Nullable Chosen chosen,
            CapacityFront front) {
        int largest = front.largest(component);
        if (spec.policy() == Policy.MANUAL) {
            return new PoolSize(manualCount(component), "the manifest's count", PoolSize.MANUAL);
        }
        if (chosen == null || largest == 0) {
            return new PoolSize(
                    component.bounds().minimum(), "no tasks known, its minimum", PoolSize.MINIMUM);
        }
        return CapacityChooser.sizeOf(spec, component, chosen, front);
    }

    /** What a run begins with: the target's maximum is shared, blocked work waits. */
    private static ScalePlan first(
            DeploymentSpec spec,
            List<Stage> work,
            Map<String, PoolSize> sizes,
            CapacityPlan.@Nullable Completion completion,
            CapacityPlan.Cost cost,
            WorkEstimator estimator,
            Instant at) {
        List<Claim> claims = new ArrayList<>();
        List<PoolSize> begin = new ArrayList<>();
        for (ComponentSpec c : spec.components()) {
            PoolSize size = firstSize(spec, c, work, sizes);
            begin.add(size);
            claims.add(claim(c, size.workers(), work));
        }
        Map<String, Integer> granted = WorkerCap.share(claims, Allowance.of(spec), true);
        List<PoolPlan> plans = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            String component = claims.get(i).component();
            plans.add(poolPlan(component, begin.get(i), granted, spec));
        }
        return new ScalePlan(
                spec.deploymentId(),
                1,
                plans,
                confidence(work, estimator),
                completion == null || Double.isInfinite(completion.p50())
                        ? null
                        : (Double) completion.p50(),
                cost.amount(),
                cost.currency(),
                at);
    }

    /** The most workers over all pools. */
    static int cap(DeploymentSpec spec) {
        Integer cap = spec.target().maxWorkers();
        return cap == null ? Integer.MAX_VALUE : cap;
    }

    static @Nullable Double deadlineLeft(DeploymentSpec spec, Instant now) {
        Double deadline = spec.deadlineSeconds();
        return deadline == null
                ? null
                : Math.max(
                        0, deadline - Duration.between(spec.createdAt(), now).toMillis() / 1000.0);
    }

    /** The manifest's count: {@code workers}, else the minimum, else 1. */
    static int manualCount(ComponentSpec component) {
        Integer given = component.workers();
        return component
                .bounds()
                .clamp(given == null ? Math.max(1, component.bounds().minimum()) : given);
    }

    /** How much evidence the durations rest on, weighted by the work. */
    static double confidence(List<Stage> work, WorkEstimator estimator) {
        double all = 0;
        double known = 0;
        for (Stage stage : work) {
            all += stage.work();
            known +=
                    stage.work() * estimator.duration(stage.task(), stage.component()).confidence();
        }
        return all == 0 ? 1 : Math.clamp(known / all, 0, 1);
    }

    /**
     * @param granted the count of every pool
     */
    static PoolPlan poolPlan(
            String component, PoolSize size, Map<String, Integer> granted, DeploymentSpec spec) {
        int count = granted.getOrDefault(component, 0);
        if (count >= size.workers()) {
            return new PoolPlan(component, count, size.reason(), size.constraint());
        }
        Allowance allowance = Allowance.of(spec);
        Pricing pricing = spec.pricing();
        if (pricing != null && allowance.costBinds(component, granted)) {
            String reason =
                    ReasonText.format(
                            "%s; %d wanted, but all workers together may cost %s an hour, and one"
                                    + " of these costs %s",
                            size.reason(),
                            size.workers(),
                            ReasonText.money(allowance.perHour(), pricing.currency()),
                            ReasonText.money(allowance.price(component), pricing.currency()));
            return new PoolPlan(component, count, reason, PoolSize.MAX_COST_PER_HOUR);
        }
        if (size.constraint().equals(PoolSize.REQUEST)) {
            return new PoolPlan(component, count, size.reason(), size.constraint());
        }
        String reason =
                ReasonText.format(
                        "%s; %d wanted, but the target has room for %d workers over all pools",
                        size.reason(), size.workers(), cap(spec));
        return new PoolPlan(component, count, reason, PoolSize.MAX_WORKERS);
    }

    private static PoolSize firstSize(
            DeploymentSpec spec,
            ComponentSpec component,
            List<Stage> work,
            Map<String, PoolSize> sizes) {
        int minimum = component.bounds().minimum();
        PoolSize size = Objects.requireNonNull(sizes.get(component.name()));
        boolean idle = work.stream().noneMatch(s -> s.component().equals(component.name()));
        if (idle || spec.policy() == Policy.MANUAL) {
            return size;
        }
        int ready = readyTasks(component.name(), work);
        if (ready == 0) {
            String reason =
                    ReasonText.format(
                            "its tasks wait for others; %d planned once they can start",
                            size.workers());
            return new PoolSize(minimum, reason, PoolSize.MINIMUM);
        }
        int useful = component.bounds().clamp(Math.ceilDiv(ready, component.slots()));
        if (useful < size.workers()) {
            String reason =
                    ReasonText.format(
                            "%d of its tasks can start at once; %d planned later",
                            ready, size.workers());
            return new PoolSize(useful, reason, PoolSize.TASKS);
        }
        return size;
    }

    private static int readyTasks(String component, List<Stage> work) {
        return work.stream()
                .filter(s -> s.component().equals(component))
                .mapToInt(Stage::ready)
                .sum();
    }

    private static Claim claim(ComponentSpec component, int wanted, List<Stage> work) {
        double seconds =
                work.stream()
                        .filter(s -> s.component().equals(component.name()))
                        .mapToDouble(Stage::work)
                        .sum();
        boolean ready = readyTasks(component.name(), work) > 0;
        return new Claim(
                component.name(),
                component.bounds().minimum(),
                0,
                wanted,
                0,
                0,
                ready,
                false,
                seconds / component.slots());
    }
}
