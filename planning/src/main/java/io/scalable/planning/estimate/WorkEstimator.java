package io.scalable.planning.estimate;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Evidence;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long each task of one deployment takes, learned while it runs. For a task it knows, in this
 * order: completions of that task; the user's hint; completions of its pool; the prior.
 *
 * <p>A demand line lists durations per pool, not per task. They are a task's own, too, where only
 * that task succeeded since the line before.
 */
public final class WorkEstimator {

    /** The median assumed of a task of which nothing is known, seconds. */
    public static final double PRIOR_SECONDS = 10;

    /** The spread (standard deviation of the logarithm) that goes with the prior. */
    public static final double PRIOR_SIGMA = 1.0;

    /** The spread that goes with a user's hint: the 95th percentile is about twice the hint. */
    public static final double EXPECT_SIGMA = 0.4;

    /** Numbers that each kind of duration is remembered by. */
    private static final int REMEMBERED = 40;

    /** Names of tasks that are remembered at most, those first by name. */
    private static final int REMEMBERED_NAMES = 400;

    private static final double[] NO_AGES = {};

    private final Map<String, Double> hints = new HashMap<>();
    private final Set<String> hintedInManifest = new HashSet<>();
    private final Map<String, Durations> ofTask = new HashMap<>();
    private final Map<String, Durations> ofPool = new HashMap<>();
    private final Map<String, double[]> agesOfTask = new HashMap<>();
    private final Map<String, double[]> agesOfPool = new HashMap<>();
    private final Map<String, Integer> succeeded = new HashMap<>();
    private Durations turnarounds = new Durations();
    private long learned;
    private final Economics economics;
    private StartDelays startDelays;
    private double[] agesOfStarts = {};

    /** See {@link #typicalSeconds}; not a number until it is asked for, 0 if nothing is known. */
    private double typical = Double.NaN;

    /** What is known of a deployment at first: its hints, earlier runs, its provider. */
    public WorkEstimator(DeploymentSpec spec) {
        this(spec, Economics.of(spec.target().provider()));
    }

    /** The same where the target's start delays and prices are known better. */
    public WorkEstimator(DeploymentSpec spec, Economics economics) {
        this(economics);
        for (TaskGroup task : spec.tasks()) {
            Double seconds = task.expectSeconds();
            if (seconds != null) {
                hints.put(task.name(), seconds);
                hintedInManifest.add(task.name());
            }
        }
        Optional.ofNullable(spec.evidence()).ifPresent(this::learn);
    }

    private void learn(Evidence earlier) {
        earlier.taskSeconds().forEach((task, all) -> all.forEach(s -> completed(task, s)));
        earlier.startSeconds().forEach(startDelays::add);
        earlier.turnaroundSeconds().forEach(turnarounds::add);
    }

    /** What is known before anything is seen of work without names. */
    public WorkEstimator(Economics economics) {
        this.economics = economics;
        startDelays = new StartDelays(economics);
    }

    /** How many durations it has learned since it was made: it has news if this has grown. */
    public long learned() {
        return learned;
    }

    /** All that it has learned, for {@link #recall} after a restart. */
    public DurationsLearned remember(String deploymentId, Instant at) {
        return new DurationsLearned(
                deploymentId,
                DurationsLearned.VERSION,
                summaries(ofTask),
                summaries(ofPool),
                startDelays.summary(REMEMBERED),
                turnarounds.summary(REMEMBERED),
                at);
    }

    private static Map<String, List<Double>> summaries(Map<String, Durations> durations) {
        var summaries = new TreeMap<String, List<Double>>();
        durations.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(REMEMBERED_NAMES)
                .forEach(e -> summaries.put(e.getKey(), e.getValue().summary(REMEMBERED)));
        return summaries;
    }

    /** Knows again what was learned before a restart; it takes the place of what is known. */
    public void recall(DurationsLearned earlier) {
        if (earlier.version() > DurationsLearned.VERSION) {
            return;
        }
        typical = Double.NaN;
        earlier.taskSeconds().forEach((task, all) -> ofTask.put(task, Durations.of(all)));
        earlier.poolSeconds().forEach((pool, all) -> ofPool.put(pool, Durations.of(all)));
        ofTask.values().removeIf(Durations::isEmpty);
        ofPool.values().removeIf(Durations::isEmpty);
        startDelays = new StartDelays(economics);
        earlier.startSeconds().forEach(startDelays::add);
        turnarounds = Durations.of(earlier.turnaroundSeconds());
    }

    /** What starting and keeping a worker of the target costs. */
    public Economics economics() {
        return economics;
    }

    /** Learns from a task that ended well, now or in an earlier run. */
    public void completed(String task, double seconds) {
        typical = Double.NaN;
        learned++;
        ofTask.computeIfAbsent(task, t -> new Durations()).add(seconds);
    }

    /** Seconds that a slot is empty between two tasks, on average; 0 until some were seen. */
    public double turnaroundSeconds() {
        return turnarounds.isEmpty() ? 0 : turnarounds.estimate(NO_AGES).mean();
    }

    /** Learns from a demand line. Each line once, in order. */
    public void observe(PoolDemand demand) {
        demand.pools().forEach(this::observe);
        agesOfStarts =
                demand.pools().stream()
                        .flatMap(p -> p.starting().stream())
                        .mapToDouble(StartingWorker::ageSeconds)
                        .toArray();
    }

    /** Whoever submits a task may say what it takes; of names in the manifest, that says it. */
    private void hint(TaskCounts task) {
        Double seconds = task.expectedSeconds();
        if (seconds != null && !hintedInManifest.contains(task.task())) {
            hints.put(task.task(), seconds);
        }
    }

    private void observe(PoolObservation pool) {
        pool.tasks().forEach(this::hint);
        pool.startedAfterSeconds().forEach(startDelays::add);
        learned += pool.startedAfterSeconds().size() + pool.completedSeconds().size();
        List<String> ended = endedSinceLast(pool);
        for (double seconds : pool.completedSeconds()) {
            typical = Double.NaN;
            ofPool.computeIfAbsent(pool.pool(), p -> new Durations()).add(seconds);
            if (ended.size() == 1) {
                completed(ended.getFirst(), seconds);
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
    public double slotSeconds(String task, String component) {
        return duration(task, component).mean() + turnaroundSeconds();
    }

    /** Seconds that an attempt of {@code task}, running for {@code age} seconds, still needs. */
    public double residual(String task, String component, double age) {
        Durations own = ofTask.get(task);
        return own == null ? duration(task, component).residual(age) : own.residual(age);
    }

    /** The median time from requesting a worker to its being ready, seconds. */
    public double startDelaySeconds() {
        return startDelay().median();
    }

    /** How long starts take; those under way in the last line tell too. */
    public LogNormal startDelay() {
        return startDelays.given(agesOfStarts);
    }

    /** True if the user has given a hint for the task. */
    public boolean hinted(String task) {
        return hints.containsKey(task);
    }

    /** Completions that tell of the task: its own, else without a hint its pool's. */
    public Optional<Durations> seen(String task, String component) {
        Durations own = ofTask.get(task);
        return own == null && hinted(task)
                ? Optional.empty()
                : Optional.ofNullable(own != null ? own : ofPool.get(component));
    }

    /**
     * What a task of which nothing is known may take: the median of the means of what is known.
     *
     * @param otherwise seconds, if nothing is known at all
     */
    public double typicalSeconds(double otherwise) {
        if (Double.isNaN(typical)) {
            double[] means =
                    (ofPool.isEmpty() ? ofTask : ofPool)
                            .values().stream()
                                    .mapToDouble(d -> d.estimate(NO_AGES).mean())
                                    .sorted()
                                    .toArray();
            typical = means.length == 0 ? 0 : means[means.length / 2];
        }
        return typical == 0 ? otherwise : typical;
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
