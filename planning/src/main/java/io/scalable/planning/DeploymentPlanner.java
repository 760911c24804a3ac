package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.worker.WorkerBills;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.planning.estimate.PoolPrices;
import io.scalable.planning.estimate.Stage;
import io.scalable.planning.estimate.Stages;
import io.scalable.planning.estimate.WorkEstimator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans one deployment while it lives. It is a function of what it was told: the same demand lines
 * and requests give the same plans, so a recorded run can be replayed. Its time is that of the
 * lines; the clock only tells whether a line is stale.
 *
 * <p>Single-threaded use.
 */
public final class DeploymentPlanner {

    /** Demand older than this may make a pool larger, never smaller. */
    public static final Duration STALE = Duration.ofSeconds(15);

    /** What was learned is written down not more often than this. */
    private static final Duration BETWEEN_MEMORIES = Duration.ofSeconds(5);

    private final DeploymentSpec spec;
    private final WorkEstimator estimator;
    private final Stages stages;
    private final PolicySizing sizing;
    private final WorkerBills bills;
    private final BudgetGuard budget;
    private final Allowance allowance;
    private final Map<String, PoolTrack> tracks = new LinkedHashMap<>();
    private final PlanInForce inForce;
    private final RemainingCost remainingCost;
    private @Nullable PoolDemand demand;
    private @Nullable WorkSizer sizer;
    private long remembered;
    private @Nullable Instant rememberedAt;

    public DeploymentPlanner(DeploymentSpec spec) {
        this(spec, new WorkEstimator(spec));
    }

    /**
     * @param estimator what is known of the tasks' durations, from earlier runs; it goes on
     *     learning
     */
    public DeploymentPlanner(DeploymentSpec spec, WorkEstimator estimator) {
        this(spec, estimator, new WorkerBills());
    }

    /** The same where some workers have been heard of already. */
    public DeploymentPlanner(DeploymentSpec spec, WorkerBills bills) {
        this(spec, new WorkEstimator(spec), bills);
    }

    private DeploymentPlanner(DeploymentSpec spec, WorkEstimator estimator, WorkerBills bills) {
        this.bills = bills;
        budget = new BudgetGuard(spec, estimator, bills);
        allowance = Allowance.of(spec);
        this.spec = spec;
        this.estimator = estimator;
        stages = new Stages(spec, estimator);
        remembered = estimator.learned();
        inForce = new PlanInForce(spec.createdAt());
        remainingCost = new RemainingCost(spec, estimator);
        sizing = new PolicySizing(spec);
        spec.components().forEach(c -> tracks.put(c.name(), new PoolTrack(spec, c)));
    }

    public DeploymentSpec spec() {
        return spec;
    }

    /** The plan in force; empty before the first. */
    public Optional<ScalePlan> lastPlan() {
        return Optional.ofNullable(inForce.plan());
    }

    /**
     * The first plan: the one that the user started, else the capacity planner's. Empty if there is
     * a plan already.
     */
    public Optional<ScalePlan> begin(Instant now) {
        if (inForce.plan() != null) {
            return Optional.empty();
        }
        ScalePlan given = spec.initialPlan();
        ScalePlan first =
                given == null
                        ? new CapacityPlanner().plan(spec, estimator, now)
                        : new FirstPlan(spec).fit(given, now);
        return Optional.of(inForce.replace(withinBudget(first, now)));
    }

    private ScalePlan withinBudget(ScalePlan plan, Instant now) {
        var counts = new LinkedHashMap<String, Integer>();
        plan.pools().forEach(p -> counts.put(p.component(), p.desired()));
        BudgetGuard.Verdict verdict = budget.judge(counts, nothingSeen(now), stages.planned(), now);
        if (verdict.reasons().isEmpty()) {
            return plan;
        }
        List<PoolPlan> pools =
                plan.pools().stream()
                        .map(
                                p -> {
                                    String reason = verdict.reasons().get(p.component());
                                    Integer count = verdict.counts().get(p.component());
                                    return reason == null || count == null
                                            ? p
                                            : new PoolPlan(
                                                    p.component(), count, reason, PoolSize.BUDGET);
                                })
                        .toList();
        return plan.withPools(pools);
    }

    /** Goes on from a plan that was published before; an older one than known changes nothing. */
    public void restore(ScalePlan plan) {
        ScalePlan before = inForce.plan();
        if (before == null || plan.generation() > before.generation()) {
            inForce.replace(plan);
            inForce.madeAt(plan.at());
            for (PoolPlan pool : plan.pools()) {
                PoolTrack track = tracks.get(pool.component());
                if (track != null) {
                    boolean asked = pool.bindingConstraint().equals(PoolSize.REQUEST);
                    track.ask(asked ? pool.desired() : null);
                }
            }
        }
    }

    /** Knows again what was learned before a restart. */
    public void recall(DurationsLearned earlier) {
        estimator.recall(earlier);
    }

    /**
     * What has been learned, to be written down: empty if there is nothing new, or it was written a
     * moment ago.
     */
    public Optional<DurationsLearned> memory() {
        PoolDemand line = demand;
        Instant before = rememberedAt;
        boolean soon =
                line != null && before != null && line.at().isBefore(before.plus(BETWEEN_MEMORIES));
        if (line == null || soon || estimator.learned() == remembered) {
            return Optional.empty();
        }
        remembered = estimator.learned();
        rememberedAt = line.at();
        return Optional.of(estimator.remember(spec.deploymentId(), line.at()));
    }

    /** All that is known of durations now, whether it was written down or not. */
    public DurationsLearned knowledge(Instant now) {
        return estimator.remember(spec.deploymentId(), now);
    }

    /**
     * Takes in what the dispatcher sees. A line that is older than one seen before is ignored.
     *
     * @return the next plan if a count changes; empty if all stays as it is
     */
    public Optional<ScalePlan> observe(PoolDemand line, Instant now) {
        return learn(line) ? decide(line, now, inForce.plan() == null) : Optional.empty();
    }

    /**
     * Hears of a worker. What is spent of the budget is known by this alone, so a planner that
     * begins anew is told of all workers again.
     */
    public void heard(WorkerLifecycle event) {
        bills.add(event);
    }

    /**
     * Learns from a line that is history, without deciding anything.
     *
     * @return false if the line is older than one seen before, and was ignored
     */
    public boolean learn(PoolDemand line) {
        if (demand != null && (line.at().isBefore(demand.at()) || line.equals(demand))) {
            return false;
        }
        demand = line;
        estimator.observe(line);
        for (PoolObservation pool : line.pools()) {
            Optional.ofNullable(tracks.get(pool.pool())).ifPresent(t -> t.observe(pool, line.at()));
        }
        return true;
    }

    /**
     * A person asks for other counts. The count stays what they asked for, within bounds and the
     * target's maximum, until they ask for another or give the pool back to the planner; where all
     * its tasks are in the manifest, under other policies than manual, at most as long as it has
     * work.
     *
     * @return the next plan; it comes even if no count could change, to say why
     * @throws IllegalArgumentException if the deployment has no such component
     */
    public Optional<ScalePlan> request(ScaleRequested request, Instant now) {
        PoolTrack track = tracks.get(request.component());
        if (track == null) {
            throw new IllegalArgumentException(
                    "deployment "
                            + spec.deploymentId()
                            + " has no component '"
                            + request.component()
                            + "'; it has "
                            + tracks.keySet());
        }
        long current = desired(request.component());
        track.ask(
                switch (request.mode()) {
                    case ADD -> within(track, current + request.workers());
                    case REMOVE -> within(track, current - request.workers());
                    case EXACT -> within(track, request.workers());
                    case AUTO -> null;
                });
        PoolDemand seen = demand != null ? demand : nothingSeen(request.at());
        return decide(seen, now, true)
                .map(plan -> inForce.replace(plan.answering(request.requestId())));
    }

    private static Integer within(PoolTrack track, long wanted) {
        return track.component().bounds().clamp((int) Math.clamp(wanted, 0, Integer.MAX_VALUE));
    }

    private PoolDemand nothingSeen(Instant at) {
        return new PoolDemand(
                spec.deploymentId(), at, "observe", 0, List.of(), List.of(), List.of());
    }

    private Optional<ScalePlan> decide(PoolDemand seen, Instant now, boolean always) {
        boolean stale = seen.at().plus(STALE).isBefore(now);
        List<Stage> remaining = stages.remaining(seen);
        Map<String, Double> work = new HashMap<>();
        remaining.forEach(s -> work.merge(s.component(), s.work(), Double::sum));
        Map<String, PoolObservation> observed = new HashMap<>();
        seen.pools().forEach(p -> observed.put(p.pool(), p));
        Map<String, PoolSize> wanted = sizer().sizes(seen, this::desired);
        List<PoolSize> sizes = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (PoolTrack track : tracks.values()) {
            String name = track.component().name();
            int current = desired(name);
            PoolObservation pool = observed.getOrDefault(name, nothing(name));
            boolean over = !work.containsKey(name);
            PoolSize size = sizing.size(track, pool, over, wanted.get(name), current, seen.at());
            if (stale && size.workers() < current && !size.constraint().equals(PoolSize.REQUEST)) {
                size = new PoolSize(current, "its demand is stale", PoolSize.STALE_DEMAND);
            }
            sizes.add(size);
            claims.add(claim(track, pool, size.workers(), work.getOrDefault(name, 0.0)));
        }
        Map<String, Integer> shared = WorkerCap.share(claims, allowance, !stale);
        BudgetGuard.Verdict verdict =
                budget.judge(shared, seen, remaining, stale ? now : seen.at());
        Map<String, Integer> granted = verdict.counts();
        holdBack(sizes, verdict);
        boolean changes = granted.entrySet().stream().anyMatch(this::differs);
        double all = claims.stream().mapToDouble(Claim::workSeconds).sum();
        double money =
                claims.stream()
                        .mapToDouble(c -> c.workSeconds() * allowance.price(c.component()))
                        .sum();
        double least = Math.max(all / allowance.workers(), money / allowance.perHour());
        double seconds = Math.max(sizer().secondsLeft(), least);
        boolean news = inForce.surprises(constraints(sizes), seconds, seen.at());
        if (!changes && !always && (stale || !news)) {
            return Optional.empty();
        }
        double confidence = CapacityPlanner.confidence(remaining, estimator);
        Double cost = remainingCost.of(remaining, granted, seen);
        return Optional.of(publish(sizes, granted, confidence, seconds, cost, seen.at(), now));
    }

    private void holdBack(List<PoolSize> sizes, BudgetGuard.Verdict verdict) {
        int i = 0;
        for (String pool : tracks.keySet()) {
            String reason = verdict.reasons().get(pool);
            if (reason != null) {
                int count = verdict.counts().getOrDefault(pool, 0);
                sizes.set(i, new PoolSize(count, reason, PoolSize.BUDGET));
            }
            i++;
        }
    }

    private WorkSizer sizer() {
        WorkSizer known = sizer;
        if (known == null) {
            known =
                    new WorkSizer(
                            spec,
                            estimator,
                            name -> Objects.requireNonNull(tracks.get(name)).closed(),
                            this::desired);
            sizer = known;
        }
        return known;
    }

    private static PoolObservation nothing(String pool) {
        List<Double> none = List.of();
        return new PoolObservation(
                pool, 0, 0, 0, 0, none, List.of(), List.of(), none, none, List.of());
    }

    private boolean differs(Map.Entry<String, Integer> granted) {
        return granted.getValue() != desired(granted.getKey());
    }

    private int desired(String component) {
        return inForce.desired(component);
    }

    /** What binds each pool's count. */
    private Map<String, String> constraints(List<PoolSize> sizes) {
        var constraints = new LinkedHashMap<String, String>();
        int i = 0;
        for (String pool : tracks.keySet()) {
            constraints.put(pool, sizes.get(i++).constraint());
        }
        return constraints;
    }

    private Claim claim(PoolTrack track, PoolObservation pool, int wanted, double work) {
        ComponentSpec component = track.component();
        return new Claim(
                component.name(),
                component.bounds().minimum(),
                desired(component.name()),
                wanted,
                pool.alive(),
                pool.draining(),
                pool.ready() > 0,
                !pool.runningSeconds().isEmpty(),
                work / component.slots());
    }

    private ScalePlan publish(
            List<PoolSize> sizes,
            Map<String, Integer> granted,
            double confidence,
            double seconds,
            @Nullable Double cost,
            Instant seenAt,
            Instant now) {
        List<PoolPlan> pools = new ArrayList<>();
        int i = 0;
        for (PoolTrack track : tracks.values()) {
            String component = track.component().name();
            int count = granted.getOrDefault(component, 0);
            pools.add(CapacityPlanner.poolPlan(component, sizes.get(i++), granted, spec));
            track.changed(desired(component), count, seenAt);
        }
        var plan =
                new ScalePlan(
                        spec.deploymentId(),
                        inForce.nextGeneration(),
                        pools,
                        confidence,
                        Double.isInfinite(seconds) ? null : seconds,
                        cost,
                        PoolPrices.of(spec).pricing().map(Pricing::currency).orElse(null),
                        now);
        inForce.madeAt(seenAt);
        return inForce.replace(plan);
    }
}
