package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import io.scalable.planning.Forecast.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** A deployment at one moment: what is left to do, by whom, and how it would go on. */
final class Situation {

    private final DeploymentSpec spec;
    private final WorkEstimator estimator;
    private final List<Stage> remaining;
    private final double startDelay;
    private final Map<String, PoolObservation> observed = new HashMap<>();
    private final Map<String, PoolWork> pools = new LinkedHashMap<>();
    private final Map<String, List<Stage>> stages = new HashMap<>();
    private final Map<String, List<Batch>> blocked = new HashMap<>();
    private final Sizer.Sizing sizing;

    /**
     * @param desired the workers that each pool should have by the plan in force
     */
    Situation(
            DeploymentSpec spec,
            WorkEstimator estimator,
            PoolDemand demand,
            ToIntFunction<String> desired,
            Instant now) {
        this.spec = spec;
        this.estimator = estimator;
        remaining = new Stages(spec, estimator).remaining(demand);
        remaining.forEach(
                s -> stages.computeIfAbsent(s.component(), c -> new ArrayList<>()).add(s));
        startDelay = estimator.startDelaySeconds();
        demand.pools().forEach(p -> observed.put(p.pool(), p));
        var slots = new HashMap<String, SlotTimeline>();
        for (ComponentSpec c : spec.components()) {
            int workers = desired.applyAsInt(c.name());
            PoolObservation seen = pool(c.name());
            Crew crew = Crew.of(seen, c.slots(), startDelay, workers, residuals(seen));
            pools.put(c.name(), new PoolWork(c.name(), c.bounds(), crew));
            slots.put(c.name(), crew.timeline(workers));
        }
        for (Batch batch : ListSchedule.run(remaining, slots).batches()) {
            if (batch.blocked()) {
                blocked.computeIfAbsent(batch.component(), c -> new ArrayList<>()).add(batch);
            }
        }
        sizing =
                new Sizer(spec.objective(), CapacityPlanner.deadlineLeft(spec, now))
                        .choose(remaining, List.copyOf(pools.values()), CapacityPlanner.cap(spec));
    }

    /** The pool as observed; without tasks and workers if the demand does not name it. */
    PoolObservation pool(String component) {
        PoolObservation seen = observed.get(component);
        return seen != null
                ? seen
                : new PoolObservation(
                        component, 0, 0, 0, 0, List.of(), List.of(), List.of(), List.of(),
                        List.of(), List.of());
    }

    double startDelay() {
        return startDelay;
    }

    /** Tasks that wait for a worker or run on one that stays. */
    int tasks(String component) {
        PoolObservation pool = pool(component);
        int running = Math.max(0, pool.runningSeconds().size() - pool.draining());
        return pool.ready() + running;
    }

    /** Blocked tasks that can start within {@code seconds}. */
    int soon(String component, double seconds) {
        int tasks = 0;
        for (Batch batch : blocked.getOrDefault(component, List.of())) {
            tasks += batch.readyAt() <= seconds ? batch.count() : 0;
        }
        return Math.min(pool(component).blocked(), tasks);
    }

    /** True if nothing is left to do, as far as anybody knows. */
    boolean idle(String component) {
        PoolObservation pool = pool(component);
        return pool.ready() + pool.blocked() + pool.runningSeconds().size() == 0
                && !stages.containsKey(component);
    }

    /** The size that the objective wants, as far as new workers would still find work. */
    PoolSize size(String component, int current) {
        PoolSize wanted = sizing.sizes().get(component);
        PoolWork pool = pools.get(component);
        if (pool == null || tasks(component) + pool(component).blocked() == 0) {
            return new PoolSize(0, "no tasks", PoolSize.TASKS);
        }
        if (wanted == null) {
            return new PoolSize(1, "tasks that the manifest has elsewhere", PoolSize.TASKS);
        }
        int starting = pool(component).ready() + soon(component, startDelay);
        int begun = pool.crew().begunBeforeAStart(starting, meanSeconds(component));
        int worthwhile = current + pool.workersFor(starting - begun);
        if (wanted.workers() <= Math.max(current, worthwhile)) {
            return wanted;
        }
        String reason =
                Sizer.format(
                        "more would be ready after %s, too late for the work at hand",
                        Sizer.seconds(startDelay));
        return new PoolSize(worthwhile, reason, PoolSize.START_DELAY);
    }

    Claim claim(ComponentSpec component, int current, int wanted) {
        PoolObservation pool = pool(component.name());
        return new Claim(
                component.name(),
                component.bounds().minimum(),
                current,
                wanted,
                pool.alive(),
                pool.draining(),
                pool.ready() > 0,
                !pool.runningSeconds().isEmpty(),
                work(component.name()) / component.slots());
    }

    /** Seconds until the known work is done with these workers; infinite if it never is. */
    double seconds(Map<String, Integer> workers) {
        return new Candidates(remaining, List.copyOf(pools.values()), CapacityPlanner.cap(spec))
                .evaluate(workers)
                .seconds();
    }

    double confidence() {
        return CapacityPlanner.confidence(remaining, estimator);
    }

    private double work(String component) {
        return stages(component).stream().mapToDouble(Stage::work).sum();
    }

    private List<Stage> stages(String component) {
        return stages.getOrDefault(component, List.of());
    }

    private double meanSeconds(String component) {
        int tasks = 0;
        double seconds = 0;
        for (Stage stage : stages(component)) {
            tasks += stage.waiting();
            seconds += stage.waiting() * stage.seconds();
        }
        return tasks == 0 ? WorkEstimator.PRIOR_SECONDS : seconds / tasks;
    }

    /** What running attempts still need; by their task if only one runs, else by the pool's mix. */
    private double[] residuals(PoolObservation pool) {
        List<String> running = new ArrayList<>();
        for (TaskCounts task : pool.tasks()) {
            if (task.running() > 0) {
                running.add(task.task());
            }
        }
        double mean = meanSeconds(pool.pool());
        return pool.runningSeconds().stream()
                .mapToDouble(
                        age ->
                                running.size() == 1
                                        ? estimator.residual(running.getFirst(), pool.pool(), age)
                                        : Math.max(mean - age, age / 2))
                .toArray();
    }
}
