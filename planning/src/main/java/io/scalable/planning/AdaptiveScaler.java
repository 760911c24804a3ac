package io.scalable.planning;

import io.scalable.contracts.deployment.Bounds;
import io.scalable.planning.estimate.DurationEstimate;
import io.scalable.planning.estimate.DurationEstimate.Source;
import io.scalable.planning.estimate.Durations;
import io.scalable.planning.estimate.WorkEstimator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Advises on worker counts per tag for programs that do their own scaling. It is the planner's own
 * rule, fed by the caller: so many tasks pending, so many workers active.
 *
 * <p>Single-threaded use.
 */
public final class AdaptiveScaler {

    private static final int MOST_DECISIONS = 10_000;

    private final Map<String, Integer> minimum;
    private final Map<String, Integer> maximum;
    private final ScalingRule rule;
    private final InstantSource clock;
    private final Map<String, Durations> durations = new HashMap<>();
    private final Map<String, Instant> lastUp = new HashMap<>();
    private final Map<String, Instant> lastChange = new HashMap<>();
    private final Map<String, Integer> advised = new HashMap<>();
    private final Deque<ScaleDecision> history = new ArrayDeque<>();

    private AdaptiveScaler(Builder builder) {
        minimum = Map.copyOf(builder.minimum);
        maximum = Map.copyOf(builder.maximum);
        rule = builder.rule;
        clock = builder.clock;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Advises without new completions; see {@link #evaluate(List, Map, List)}. */
    public ScaleDecision evaluate(List<PendingTask> pendingTasks, Map<String, Integer> active) {
        return evaluate(pendingTasks, active, List.of());
    }

    /**
     * The same for numbers of tasks.
     *
     * @param pendingTasks by tag, tasks that are not done: waiting and running ones
     */
    public ScaleDecision evaluate(Map<String, Integer> pendingTasks, Map<String, Integer> active) {
        return evaluate(pendingTasks, active, List.of());
    }

    /** The same for tasks one by one; see {@link #evaluate(Map, Map, List)}. */
    public ScaleDecision evaluate(
            List<PendingTask> pendingTasks,
            Map<String, Integer> active,
            List<Completion> completions) {
        var pending = new HashMap<String, Integer>();
        pendingTasks.forEach(t -> pending.merge(t.tag(), 1, Integer::sum));
        return evaluate(pending, active, completions);
    }

    /**
     * Advises. The advice is taken as followed: a cooldown begins with it, and until that is over
     * workers that it asked for count as there, for they are on their way.
     *
     * @param pending by tag, tasks that are not done: waiting and running ones
     * @param active workers by tag; a tag left out has none, but for those on their way
     * @param completions tasks that ended well since the last call; durations are learned from them
     */
    public ScaleDecision evaluate(
            Map<String, Integer> pending,
            Map<String, Integer> active,
            List<Completion> completions) {
        Instant now = clock.instant();
        for (Completion done : completions) {
            durations.computeIfAbsent(done.tag(), t -> new Durations()).add(done.seconds());
        }
        var tags = new TreeSet<String>(pending.keySet());
        tags.addAll(active.keySet());
        tags.addAll(minimum.keySet());
        var add = new LinkedHashMap<String, Integer>();
        var remove = new LinkedHashMap<String, Integer>();
        var wanted = new LinkedHashMap<String, Integer>();
        var reasons = new ArrayList<String>();
        double seconds = 0;
        double confidence = 1;
        for (String tag : tags) {
            int tasks = pending.getOrDefault(tag, 0);
            int workers = Math.max(active.getOrDefault(tag, 0), onTheirWay(tag, now));
            PoolSize size = size(tag, tasks, workers, now);
            reasons.add(tag + ": " + size.reason());
            int change = size.workers() - workers;
            if (change > 0) {
                add.put(tag, change);
                lastUp.put(tag, now);
                lastChange.put(tag, now);
            } else if (change < 0) {
                remove.put(tag, -change);
                lastChange.put(tag, now);
            }
            if (change != 0) {
                wanted.put(tag, size.workers());
                advised.put(tag, size.workers());
            }
            if (tasks > 0) {
                DurationEstimate each = duration(tag);
                seconds = Math.max(seconds, secondsFor(tasks, size.workers(), each.mean()));
                confidence = Math.min(confidence, each.confidence());
            }
        }
        var decision =
                new ScaleDecision(
                        add, remove, wanted, String.join("; ", reasons), confidence, seconds, now);
        history.addLast(decision);
        if (history.size() > MOST_DECISIONS) {
            history.removeFirst();
        }
        return decision;
    }

    /** The newest 10,000 decisions, the oldest first, those without changes included. */
    public List<ScaleDecision> decisionHistory() {
        return List.copyOf(history);
    }

    /** How many workers the last advice, if it was for more, has made of a tag's. */
    private int onTheirWay(String tag, Instant now) {
        Instant last = lastUp.get(tag);
        boolean fresh =
                last != null
                        && last.equals(lastChange.get(tag))
                        && Duration.between(last, now).compareTo(rule.cooldown()) < 0;
        return fresh ? advised.getOrDefault(tag, 0) : 0;
    }

    private PoolSize size(String tag, int tasks, int workers, Instant now) {
        Integer most = maximum.get(tag);
        int least = minimum.getOrDefault(tag, 0);
        String work = tasks + " tasks for " + workers + " workers";
        if (most == null && workers >= least && tasks > workers) {
            String reason = work + "; no maximum is given for it";
            return new PoolSize(workers, reason, PoolSize.MAXIMUM);
        }
        var bounds = new Bounds(least, most == null ? Math.max(1, Math.max(least, workers)) : most);
        int wanted = bounds.clamp(tasks);
        var size = new PoolSize(wanted, work + "; one worker per task", PoolSize.TASKS);
        if (wanted < tasks) {
            size = new PoolSize(wanted, work + "; at its maximum", PoolSize.MAXIMUM);
        } else if (wanted > tasks) {
            size = new PoolSize(wanted, work + "; at its minimum", PoolSize.MINIMUM);
        }
        var load =
                new PoolLoad(bounds, 1, workers, tasks, size, lastUp.get(tag), lastChange.get(tag));
        return new PoolScaler(rule).decide(load, now);
    }

    private DurationEstimate duration(String tag) {
        Durations seen = durations.get(tag);
        return seen == null
                ? DurationEstimate.logNormal(
                        WorkEstimator.PRIOR_SECONDS, WorkEstimator.PRIOR_SIGMA, Source.PRIOR)
                : seen.estimate(new double[0]);
    }

    private static double secondsFor(int tasks, int workers, double each) {
        return workers == 0 ? Double.POSITIVE_INFINITY : Math.ceilDiv(tasks, workers) * each;
    }

    /** The scaler's settings. */
    public static final class Builder {
        private Map<String, Integer> minimum = Map.of();
        private Map<String, Integer> maximum = Map.of();
        private ScalingRule rule = ScalingRule.STAND_ALONE;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /** Workers that each tag always has; 0 where left out. */
        public Builder minWorkers(Map<String, Integer> workers) {
            minimum = workers;
            return this;
        }

        /** Workers that each tag never passes; a tag left out never grows above its minimum. */
        public Builder maxWorkers(Map<String, Integer> workers) {
            maximum = workers;
            return this;
        }

        /** Pending tasks per worker above which a tag grows; 0.8 unless set, above 0. */
        public Builder scaleUpThreshold(double tasksPerWorker) {
            rule = new ScalingRule(tasksPerWorker, rule.down(), rule.cooldown());
            return this;
        }

        /** Pending tasks per worker below which a tag shrinks; 0.2 unless set, 0 or more. */
        public Builder scaleDownThreshold(double tasksPerWorker) {
            rule = new ScalingRule(rule.up(), tasksPerWorker, rule.cooldown());
            return this;
        }

        /** Seconds between two changes of a tag; 120 unless set. */
        public Builder cooldownSeconds(double seconds) {
            Duration cooldown = ScalingRule.seconds(seconds);
            rule = new ScalingRule(rule.up(), rule.down(), cooldown);
            return this;
        }

        /** Where the time comes from; the system's clock unless set. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /**
         * @throws IllegalArgumentException if thresholds or bounds contradict one another
         */
        public AdaptiveScaler build() {
            if (rule.down() < 0 || rule.up() <= 0 || rule.down() > rule.up()) {
                throw new IllegalArgumentException(
                        "thresholds must satisfy 0 <= down <= up and up > 0: down "
                                + rule.down()
                                + ", up "
                                + rule.up());
            }
            maximum.forEach((tag, most) -> checkBounds(minimum.getOrDefault(tag, 0), most));
            return new AdaptiveScaler(this);
        }

        private static void checkBounds(int least, int most) {
            var unused = new Bounds(least, most);
        }
    }
}
