package io.scalable.planning;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long each task of one deployment takes, learned while it runs. For a task it knows, in this
 * order: completions of that task; the user's hint; completions of its pool that could not be told
 * apart; the prior.
 *
 * <p>A demand line lists durations per pool, not per task. They are a task's own where only that
 * task succeeded since the line before; else they are the pool's.
 */
public final class WorkEstimator {

    /** The median assumed of a task of which nothing is known, seconds. */
    public static final double PRIOR_SECONDS = 10;

    /** The spread (standard deviation of the logarithm) that goes with the prior. */
    public static final double PRIOR_SIGMA = 1.0;

    /** The spread that goes with a user's hint: the 95th percentile is about twice the hint. */
    public static final double EXPECT_SIGMA = 0.4;

    private static final double[] NO_AGES = {};

    private final Map<String, Double> hints = new HashMap<>();
    private final Map<String, Durations> ofTask = new HashMap<>();
    private final Map<String, Durations> ofPool = new HashMap<>();
    private final Map<String, double[]> agesOfTask = new HashMap<>();
    private final Map<String, double[]> agesOfPool = new HashMap<>();
    private final Map<String, Integer> succeeded = new HashMap<>();
    private final Durations turnarounds = new Durations();
    private final StartDelays startDelays;

    public WorkEstimator(DeploymentSpec spec) {
        for (TaskGroup task : spec.tasks()) {
            Optional.ofNullable(task.expectSeconds()).ifPresent(s -> hints.put(task.name(), s));
        }
        startDelays = new StartDelays(spec.target().provider());
    }

    /** Learns from a task that ended well, now or in an earlier run. */
    public void completed(String task, double seconds) {
        ofTask.computeIfAbsent(task, t -> new Durations()).add(seconds);
    }

    /**
     * Learns how long a slot was empty between two tasks although the second waited: what reporting
     * the one and handing over the other takes.
     */
    public void turnaround(double seconds) {
        turnarounds.add(seconds);
    }

    /** Seconds that a slot is empty between two tasks, on average; 0 until some were seen. */
    double turnaroundSeconds() {
        return turnarounds.isEmpty() ? 0 : turnarounds.estimate(NO_AGES).mean();
    }

    /** Learns how long a worker of this target took to be ready, now or in an earlier run. */
    public void started(double seconds) {
        startDelays.add(seconds);
    }

    /** Learns from a demand line. Each line once, in order. */
    public void observe(PoolDemand demand) {
        demand.pools().forEach(this::observe);
    }

    private void observe(PoolObservation pool) {
        pool.startedAfterSeconds().forEach(startDelays::add);
        List<String> ended = endedSinceLast(pool);
        for (double seconds : pool.completedSeconds()) {
            if (ended.size() == 1) {
                completed(ended.getFirst(), seconds);
            } else {
                ofPool.computeIfAbsent(pool.pool(), p -> new Durations()).add(seconds);
            }
        }
        double[] ages = pool.runningSeconds().stream().mapToDouble(Double::doubleValue).toArray();
        agesOfPool.put(pool.pool(), ages);
        List<TaskCounts> running = pool.tasks().stream().filter(t -> t.running() > 0).toList();
        pool.tasks().forEach(t -> agesOfTask.remove(t.task()));
        if (running.size() == 1) {
            agesOfTask.put(running.getFirst().task(), ages);
        }
    }

    private List<String> endedSinceLast(PoolObservation pool) {
        var ended = new ArrayList<String>();
        for (TaskCounts task : pool.tasks()) {
            int now = task.done() - task.failed();
            Integer before = succeeded.put(task.task(), now);
            if (now > (before == null ? 0 : before)) {
                ended.add(task.task());
            }
        }
        return ended;
    }

    /** How long a task called {@code task} takes in the pool of {@code component}. */
    public DurationEstimate duration(String task, String component) {
        double[] ages = agesOfTask.getOrDefault(task, NO_AGES);
        Durations own = ofTask.get(task);
        if (own != null) {
            return own.estimate(ages);
        }
        Double hint = hints.get(task);
        if (hint != null) {
            return assumed(hint, EXPECT_SIGMA, DurationEstimate.Source.EXPECT, ages);
        }
        Durations pool = ofPool.get(component);
        if (pool != null) {
            return pool.estimate(agesOfPool.getOrDefault(component, NO_AGES));
        }
        return assumed(PRIOR_SECONDS, PRIOR_SIGMA, DurationEstimate.Source.PRIOR, ages);
    }

    /** Seconds that one such task takes a slot, on average: until the next one begins there. */
    double slotSeconds(String task, String component) {
        return duration(task, component).mean() + turnaroundSeconds();
    }

    /** Seconds that an attempt of {@code task}, running for {@code age} seconds, still needs. */
    double residual(String task, String component, double age) {
        Durations own = ofTask.get(task);
        return own == null ? duration(task, component).residual(age) : own.residual(age);
    }

    /** The median time from requesting a worker to its being ready, seconds. */
    public double startDelaySeconds() {
        return startDelays.median();
    }

    private static DurationEstimate assumed(
            double median, double sigma, DurationEstimate.Source source, double[] ages) {
        double oldest = 0;
        for (double age : ages) {
            oldest = Math.max(oldest, age);
        }
        return DurationEstimate.logNormal(median, sigma, source).stretchedBy(oldest);
    }
}
