package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans one deployment while it lives. It is a function of what it was told: the same demand lines
 * and requests at the same times give the same plans, so a recorded run can be replayed.
 *
 * <p>Single-threaded use.
 */
public final class DeploymentPlanner {

    /** Demand older than this may make a pool larger, never smaller. */
    public static final Duration STALE = Duration.ofSeconds(15);

    private final DeploymentSpec spec;
    private final WorkEstimator estimator;
    private final Map<String, PoolTrack> tracks = new LinkedHashMap<>();
    private final Map<String, Integer> desired = new HashMap<>();
    private @Nullable ScalePlan last;
    private @Nullable PoolDemand demand;

    public DeploymentPlanner(DeploymentSpec spec) {
        this(spec, new WorkEstimator(spec));
    }

    /**
     * @param estimator what is known of the tasks' durations, from earlier runs; it goes on
     *     learning
     */
    public DeploymentPlanner(DeploymentSpec spec, WorkEstimator estimator) {
        this.spec = spec;
        this.estimator = estimator;
        spec.components().forEach(c -> tracks.put(c.name(), new PoolTrack(spec, c)));
    }

    public DeploymentSpec spec() {
        return spec;
    }

    /** The plan in force; empty before the first. */
    public Optional<ScalePlan> lastPlan() {
        return Optional.ofNullable(last);
    }

    /**
     * The first plan: the one that the user started, else the capacity planner's. Empty if there is
     * a plan already.
     */
    public Optional<ScalePlan> begin(Instant now) {
        if (last != null) {
            return Optional.empty();
        }
        ScalePlan given = spec.initialPlan();
        return Optional.of(
                inForce(
                        given == null
                                ? new CapacityPlanner().plan(spec, estimator, now)
                                : new FirstPlan(spec).fit(given, now)));
    }

    /** Goes on from a plan that was published before; an older one than known changes nothing. */
    public void restore(ScalePlan plan) {
        if (last == null || plan.generation() > last.generation()) {
            inForce(plan);
            for (PoolPlan pool : plan.pools()) {
                PoolTrack track = tracks.get(pool.component());
                if (track != null) {
                    boolean asked = pool.bindingConstraint().equals(PoolSize.REQUEST);
                    track.ask(asked ? pool.desired() : null);
                }
            }
        }
    }

    /**
     * Takes in what the dispatcher sees. A line that is older than one seen before is ignored.
     *
     * @return the next plan if a count changes; empty if all stays as it is
     */
    public Optional<ScalePlan> observe(PoolDemand line, Instant now) {
        return learn(line, now) ? decide(line, now, last == null) : Optional.empty();
    }

    /**
     * Learns from a line that is history, without deciding anything.
     *
     * @return false if the line is older than one seen before, and was ignored
     */
    public boolean learn(PoolDemand line, Instant now) {
        if (demand != null && (line.at().isBefore(demand.at()) || line.equals(demand))) {
            return false;
        }
        demand = line;
        estimator.observe(line);
        for (PoolObservation pool : line.pools()) {
            Optional.ofNullable(tracks.get(pool.pool())).ifPresent(t -> t.observe(pool, now));
        }
        return true;
    }

    /**
     * A person asks for other counts. The count stays what they asked for, within bounds and the
     * target's maximum: under the manual policy for good, else as long as the pool has work.
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
        int current = desired(request.component());
        long wanted =
                switch (request.mode()) {
                    case ADD -> (long) current + request.workers();
                    case REMOVE -> (long) current - request.workers();
                    case EXACT -> request.workers();
                };
        int within = (int) Math.clamp(wanted, 0, Integer.MAX_VALUE);
        track.ask(track.component().bounds().clamp(within));
        PoolDemand seen =
                demand != null
                        ? demand
                        : new PoolDemand(
                                spec.deploymentId(),
                                request.at(),
                                "observe",
                                0,
                                List.of(),
                                List.of(),
                                List.of());
        return decide(seen, now, true);
    }

    private Optional<ScalePlan> decide(PoolDemand seen, Instant now, boolean always) {
        boolean stale = seen.at().plus(STALE).isBefore(now);
        var situation = new Situation(spec, estimator, seen, this::desired, now);
        List<PoolSize> sizes = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (PoolTrack track : tracks.values()) {
            ComponentSpec component = track.component();
            int current = desired(component.name());
            PoolSize size = size(track, situation, current, now);
            if (stale && size.workers() < current && !size.constraint().equals(PoolSize.REQUEST)) {
                size = new PoolSize(current, "its demand is stale", PoolSize.STALE_DEMAND);
            }
            sizes.add(size);
            claims.add(situation.claim(component, current, size.workers()));
        }
        Map<String, Integer> granted = WorkerCap.share(claims, CapacityPlanner.cap(spec), !stale);
        boolean changes = granted.entrySet().stream().anyMatch(this::differs);
        return changes || always
                ? Optional.of(publish(situation, sizes, granted, now))
                : Optional.empty();
    }

    private boolean differs(Map.Entry<String, Integer> granted) {
        return granted.getValue() != desired(granted.getKey());
    }

    private int desired(String component) {
        return desired.getOrDefault(component, 0);
    }

    private ScalePlan inForce(ScalePlan plan) {
        last = plan;
        desired.clear();
        plan.pools().forEach(p -> desired.put(p.component(), p.desired()));
        return plan;
    }

    private PoolSize size(PoolTrack track, Situation situation, int current, Instant now) {
        PoolSize size = sizeByPolicy(track, situation, current, now);
        var pool = situation.pool(track.component().name());
        int limit = track.health().limit(pool.alive() - pool.starting().size(), now);
        if (size.workers() <= limit) {
            return size;
        }
        String reason =
                Sizer.format(
                        "%d workers in a row failed to start; the next try follows after a while",
                        track.health().failures());
        return new PoolSize(limit, reason, PoolSize.START_FAILURES);
    }

    private PoolSize sizeByPolicy(PoolTrack track, Situation situation, int current, Instant now) {
        ComponentSpec component = track.component();
        boolean exhausted = track.closed() && situation.idle(component.name());
        boolean manual = spec.policy() == Policy.MANUAL;
        if (exhausted && !manual) {
            track.ask(null);
        }
        Integer asked = track.asked();
        if (asked != null) {
            return new PoolSize(asked, "asked for: " + asked, PoolSize.REQUEST);
        }
        if (manual) {
            return new PoolSize(
                    CapacityPlanner.manualCount(component),
                    "the manifest's count",
                    PoolSize.MANUAL);
        }
        ScalingRule rule = ScalingRule.of(spec, situation.startDelay(), track.open());
        PoolLoad load = load(track, situation, rule, current, exhausted, now);
        return new PoolScaler(rule).decide(load, now);
    }

    private static PoolLoad load(
            PoolTrack track,
            Situation situation,
            ScalingRule rule,
            int current,
            boolean exhausted,
            Instant now) {
        ComponentSpec component = track.component();
        String name = component.name();
        double patience = rule.patience().toMillis() / 1000.0;
        int tasks = situation.tasks(name);
        int soon = situation.soon(name, situation.startDelay());
        int later = situation.soon(name, 2 * situation.startDelay() + patience);
        boolean tooMany = Math.ceilDiv(tasks + Math.max(soon, later), component.slots()) < current;
        return new PoolLoad(
                component.bounds(),
                component.slots(),
                current,
                tasks,
                soon,
                later,
                exhausted,
                situation.size(name, current),
                track.surplus(tooMany, now),
                track.lastUp(),
                track.lastChange());
    }

    private ScalePlan publish(
            Situation situation, List<PoolSize> sizes, Map<String, Integer> granted, Instant now) {
        List<PoolPlan> pools = new ArrayList<>();
        int i = 0;
        for (PoolTrack track : tracks.values()) {
            String component = track.component().name();
            int count = granted.getOrDefault(component, 0);
            pools.add(CapacityPlanner.poolPlan(component, sizes.get(i++), count, spec));
            track.changed(desired(component), count, now);
        }
        double seconds = situation.seconds(granted);
        var plan =
                new ScalePlan(
                        spec.deploymentId(),
                        last == null ? 1 : last.generation() + 1,
                        pools,
                        situation.confidence(),
                        Double.isInfinite(seconds) ? null : seconds,
                        null,
                        null,
                        now);
        return inForce(plan);
    }
}
