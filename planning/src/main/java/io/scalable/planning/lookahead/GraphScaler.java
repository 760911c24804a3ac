package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.planning.estimate.LogNormal;
import io.scalable.planning.estimate.Stages;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.planning.reason.ReasonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Scales the pools of a known task graph. Each time it rolls the remaining graph out on the workers
 * there are and searches the counts with the best score. From the best rollout it takes what must
 * be done now: workers that have to be asked for, idle ones whose next task is too far away. What
 * can wait is decided later, with more knowledge.
 */
public final class GraphScaler implements PoolScaling {

    /** Starts that nobody needs any more are cancelled when that was so for so many intervals. */
    private static final int SURE = 2;

    /** How many tasks are played out to search counts, each time; 0.1 s at most. */
    private static final long THOROUGH = 500_000;

    private static final long QUICK = 250_000;

    /** Without news, counts are searched again after so many intervals. */
    private static final int STALE = 5;

    private final Terms terms;
    private final WorkEstimator estimator;
    private final Backlog backlog;
    private final double[] spareSince;
    private final Spending spending;
    private int[] counts;
    private int turn;
    private double share = 1;
    private double secondsLeft;
    private int[] seenBefore = {};
    private double searchedAt = Double.NEGATIVE_INFINITY;
    private final long effort;

    private GraphScaler(
            Terms terms, Backlog backlog, WorkEstimator estimator, long effort, int[] counts) {
        this.terms = terms;
        this.backlog = backlog;
        this.estimator = estimator;
        this.effort = effort;
        this.counts = counts;
        spareSince = new double[terms.pools().size()];
        Arrays.fill(spareSince, Double.NaN);
        spending = new Spending(terms.pools(), estimator.economics());
    }

    /**
     * For tasks that are known one by one.
     *
     * @param tasks in topological order
     * @param estimator what is known of the durations; it has learned from a line before this sees
     *     it
     * @param intervalSeconds how often it is asked
     * @throws IllegalArgumentException if a task names a pool or parent that is not there
     */
    public static GraphScaler ofTasks(
            List<PoolSpec> pools,
            List<GraphTask> tasks,
            WorkEstimator estimator,
            Goal goal,
            double intervalSeconds) {
        Map<String, Integer> places = new LinkedHashMap<>();
        pools.forEach(p -> places.put(p.name(), places.size()));
        var graph = new TaskGraph(tasks, places, estimator);
        var terms = new Terms(pools, estimator.economics(), goal, intervalSeconds);
        return new GraphScaler(terms, graph, estimator, THOROUGH, new int[0]);
    }

    /**
     * For tasks that are known by their groups, as a manifest has them.
     *
     * @param counts the workers that were planned for each pool; the search begins there
     */
    public static GraphScaler ofGroups(
            List<PoolSpec> pools,
            Stages stages,
            WorkEstimator estimator,
            Goal goal,
            double intervalSeconds,
            int[] counts) {
        var graph = new GroupGraph(pools, stages, estimator);
        var terms = new Terms(pools, estimator.economics(), goal, intervalSeconds);
        return new GraphScaler(terms, graph, estimator, QUICK, counts.clone());
    }

    @Override
    public List<PoolTarget> decide(PoolDemand demand) {
        spending.observe(demand);
        double now = demand.nowSeconds();
        PoolObservation[] seen = PoolSpec.inOrder(terms.pools(), demand);
        Outstanding outstanding = backlog.outstanding(demand, seen);
        if (outstanding.isEmpty()) {
            secondsLeft = 0;
            return over();
        }
        LogNormal delay = estimator.startDelay();
        int[] useful = useful(outstanding.tasks());
        Limits limits = Limits.of(terms, seen, outstanding, useful, delay);
        double spent = spending.soFar();
        var outlook = new Outlook(terms, outstanding, seen, limits, delay, now, spent);
        outlook.share = share;
        boolean news = hasNews(seen) || now - searchedAt >= STALE * terms.interval();
        searchedAt = news ? now : searchedAt;
        counts = outlook.search(counts, seen, useful, news ? effort : 0, turn);
        share = outlook.share;
        turn = (turn + outlook.tried) % seen.length;
        secondsLeft = outlook.completion - now;
        return act(seen, useful, outlook, now);
    }

    @Override
    public double secondsLeft() {
        return secondsLeft;
    }

    /** True if a task or a worker began or ended since the last time. */
    private boolean hasNews(PoolObservation[] seen) {
        int[] counts =
                Arrays.stream(seen)
                        .flatMapToInt(
                                p ->
                                        IntStream.of(
                                                p.ready(),
                                                p.blocked(),
                                                p.alive(),
                                                p.runningSeconds().size(),
                                                p.starting().size()))
                        .toArray();
        boolean ended = Arrays.stream(seen).anyMatch(p -> !p.completedSeconds().isEmpty());
        boolean news = ended || !Arrays.equals(counts, seenBefore);
        seenBefore = counts;
        return news;
    }

    /** How many workers so many tasks can use at once. */
    private int[] useful(int[] tasks) {
        int[] workers = new int[tasks.length];
        Arrays.setAll(workers, p -> Math.ceilDiv(tasks[p], terms.pools().get(p).slots()));
        return workers;
    }

    private List<PoolTarget> over() {
        return terms.pools().stream()
                .map(
                        p ->
                                new PoolTarget(
                                        p.name(),
                                        p.bounds().minimum(),
                                        "no work is left",
                                        "minimum"))
                .toList();
    }

    private List<PoolTarget> act(
            PoolObservation[] seen, int[] useful, Outlook outlook, double now) {
        var targets = new ArrayList<PoolTarget>();
        for (int p = 0; p < seen.length; p++) {
            PoolObservation pool = seen[p];
            var bounds = terms.pools().get(p).bounds();
            int more = outlook.launches[p];
            int unneeded = Math.min(pool.starting().size(), pool.alive() - useful[p]);
            boolean spare = more == 0 && unneeded > 0;
            spareSince[p] = !spare ? Double.NaN : Double.isNaN(spareSince[p]) ? now : spareSince[p];
            int desired = pool.alive();
            String constraint = "objective";
            if (more > 0) {
                desired = pool.alive() + more;
                spending.asked(p, Math.min(more, bounds.maximum() - pool.alive()));
            } else if (now - spareSince[p] >= SURE * terms.interval()) {
                desired = pool.alive() - unneeded;
                constraint = "tasks";
                spareSince[p] = Double.NaN;
            } else if (pool.starting().isEmpty() && counts[p] < pool.alive()) {
                desired = counts[p];
                constraint = useful[p] == 0 ? "tasks" : "objective";
            } else if (leaving(p, pool, outlook) > 0) {
                desired = pool.alive() - leaving(p, pool, outlook);
                constraint = useful[p] == 0 ? "tasks" : "objective";
            } else if (pool.alive() >= bounds.maximum()) {
                constraint = "maximum";
            } else if (pool.alive() >= useful[p]) {
                constraint = "tasks";
            }
            int bounded = Math.clamp(desired, bounds.minimum(), bounds.maximum());
            if (bounded != desired) {
                constraint = bounded < desired ? "maximum" : "minimum";
            } else if (constraint.equals("objective")
                    && terms.goal().isPressed(outlook.completion)) {
                constraint = "walltime";
            }
            String reason = reason(pool, bounded, outlook) + because(constraint);
            targets.add(new PoolTarget(pool.pool(), bounded, reason, constraint));
        }
        return targets;
    }

    /**
     * Idle workers whose next task is so far away that another start costs less than waiting for
     * it, or that have no next task. What is paid for already is used.
     */
    private int leaving(int p, PoolObservation pool, Outlook outlook) {
        if (!pool.starting().isEmpty() || pool.ready() > 0) {
            return 0;
        }
        double[] uses = outlook.idleUses(p, pool);
        Arrays.sort(uses);
        var longest = new ArrayList<>(pool.idle());
        longest.sort(Comparator.comparingDouble(IdleWorker::idleSeconds).reversed());
        int leaving = 0;
        while (leaving < uses.length) {
            boolean paid = terms.isPaidFor(longest.get(leaving).billedSeconds());
            if (paid || !outlook.tooFar(p, uses[uses.length - 1 - leaving])) {
                break;
            }
            leaving++;
        }
        return leaving;
    }

    private String because(String constraint) {
        return switch (constraint) {
            case "maximum" -> "; at its maximum";
            case "minimum" -> "; at its minimum";
            case "tasks" -> "; no more slots than tasks";
            case "walltime" ->
                    "; the walltime ends at %.0f s".formatted(terms.goal().deadlineSeconds());
            default -> "";
        };
    }

    private static String reason(PoolObservation pool, int desired, Outlook outlook) {
        String change =
                desired > pool.alive()
                        ? "%d more: ".formatted(desired - pool.alive())
                        : desired < pool.alive()
                                ? "%d fewer: ".formatted(pool.alive() - desired)
                                : "";
        return String.format(
                Locale.ROOT,
                "%s%s ready, %d blocked, %d running; done at %.0f s for %.0f worker-seconds",
                change,
                ReasonText.tasks(pool.ready()),
                pool.blocked(),
                pool.runningSeconds().size(),
                outlook.completion,
                outlook.cost);
    }
}
