package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.planning.Economics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Scales the pools of a known task graph. Each time it rolls the remaining graph out on the workers
 * there are and searches the counts with the best score. From the best rollout it takes what must
 * be done now: workers that have to be asked for, idle ones whose next task is too far away. What
 * can wait is decided later, with more knowledge.
 */
public final class GraphScaler implements PoolScaling {

    /** Seconds guessed of a task while no task of the deployment has ended. */
    private static final double GUESS = 10;

    private static final double LARGEST_GUESS = 60;

    /** A guess may be wrong by this factor, either way; counts are judged by all three. */
    private static final double[] DOUBTS = {0.25, 1, 4};

    private static final double[] NO_DOUBT = {1};

    /** Of a pool that has never run, one worker per so many seconds of start delay is risked. */
    private static final double PROBE_SECONDS = 60;

    /** Starts that nobody needs any more are cancelled when that was so this many times. */
    private static final int SURE = 3;

    private final List<PoolSpec> pools;
    private final Economics economics;
    private final Goal goal;
    private final double interval;
    private final TaskGraph graph;
    private final PoolMemory memory;
    private final int[] spare;
    private final Spending spending;
    private int[] counts = {};

    /**
     * @param tasks in topological order
     * @param intervalSeconds how often it is asked
     * @throws IllegalArgumentException if a task names a pool or parent that is not there
     */
    public GraphScaler(
            List<PoolSpec> pools,
            List<GraphTask> tasks,
            Economics economics,
            Goal goal,
            double intervalSeconds) {
        this.pools = List.copyOf(pools);
        this.economics = economics;
        this.goal = goal;
        this.interval = intervalSeconds;
        memory = new PoolMemory(this.pools, economics);
        graph = new TaskGraph(tasks, memory.places());
        spare = new int[pools.size()];
        spending = new Spending(this.pools, economics);
    }

    @Override
    public List<PoolTarget> decide(PoolDemand demand) {
        memory.observe(demand);
        spending.observe(demand);
        graph.observe(demand);
        double now = demand.nowSeconds();
        PoolObservation[] seen = memory.inOrder(demand);
        PoolDurations[] durations = durations(seen, now);
        Work work = graph.work(durations, now);
        if (work.size() == 0) {
            return over(seen);
        }
        LogNormal delay = memory.startDelay(demand);
        int[] remaining = graph.remaining();
        int[] least = new int[seen.length];
        int[] most = new int[seen.length];
        limits(seen, durations, remaining, delay, least, most);
        var outlook = new Outlook(work, now, delay, seen, durations, least, most);
        counts = outlook.search(seen, remaining);
        return act(seen, remaining, outlook);
    }

    private PoolDurations[] durations(PoolObservation[] seen, double now) {
        double guess = Math.min(LARGEST_GUESS, memory.typicalSeconds(GUESS));
        var durations = new PoolDurations[seen.length];
        for (int p = 0; p < seen.length; p++) {
            double[] ages =
                    seen[p].runningSeconds().stream()
                            .mapToDouble(Double::doubleValue)
                            .sorted()
                            .toArray();
            durations[p] = new PoolDurations(memory.durations(p), guess, ages);
            graph.ages(p, reversed(ages), now);
        }
        return durations;
    }

    private static double[] reversed(double[] ascending) {
        double[] descending = new double[ascending.length];
        for (int i = 0; i < ascending.length; i++) {
            descending[i] = ascending[ascending.length - 1 - i];
        }
        return descending;
    }

    /** Busy and starting workers stay; idle ones may go once nothing waits and they are paid. */
    private void limits(
            PoolObservation[] seen,
            PoolDurations[] durations,
            int[] remaining,
            LogNormal delay,
            int[] least,
            int[] most) {
        for (int p = 0; p < seen.length; p++) {
            PoolObservation pool = seen[p];
            var bounds = pools.get(p).bounds();
            boolean paid =
                    pool.idle().stream()
                            .allMatch(
                                    w ->
                                            w.billedSeconds() + interval
                                                    >= economics.minimumSeconds());
            boolean mayGo = pool.starting().isEmpty() && pool.ready() == 0 && paid;
            least[p] =
                    Math.max(
                            bounds.minimum(),
                            mayGo ? pool.alive() - pool.idle().size() : pool.alive());
            if (remaining[p] > 0 && pool.alive() == 0) {
                least[p] = Math.max(1, least[p]);
            }
            int useful = Math.max(pool.alive(), Math.min(bounds.maximum(), remaining[p]));
            boolean untried =
                    !durations[p].known() && pool.ready() == 0 && pool.runningSeconds().isEmpty();
            if (untried) {
                int risked = 1 + (int) (delay.median() / PROBE_SECONDS);
                useful = Math.min(useful, Math.max(risked, pool.alive()));
            }
            most[p] = Math.max(least[p], useful);
        }
    }

    private List<PoolTarget> over(PoolObservation[] seen) {
        var targets = new ArrayList<PoolTarget>();
        for (int p = 0; p < seen.length; p++) {
            PoolSpec pool = pools.get(p);
            targets.add(
                    new PoolTarget(
                            pool.name(), pool.bounds().minimum(), "no work is left", "minimum"));
        }
        return targets;
    }

    private List<PoolTarget> act(PoolObservation[] seen, int[] remaining, Outlook outlook) {
        var targets = new ArrayList<PoolTarget>();
        for (int p = 0; p < seen.length; p++) {
            PoolObservation pool = seen[p];
            var bounds = pools.get(p).bounds();
            int more = outlook.launches[p];
            int unneeded = Math.min(pool.starting().size(), pool.alive() - remaining[p]);
            spare[p] = more == 0 && unneeded > 0 ? spare[p] + 1 : 0;
            int desired = pool.alive();
            String constraint = "objective";
            if (more > 0) {
                desired = pool.alive() + more;
                spending.asked(p, Math.min(more, bounds.maximum() - pool.alive()));
            } else if (spare[p] >= SURE) {
                desired = pool.alive() - unneeded;
                constraint = "tasks";
                spare[p] = 0;
            } else if (pool.starting().isEmpty() && counts[p] < pool.alive()) {
                desired = counts[p];
                constraint = remaining[p] == 0 ? "tasks" : "objective";
            } else if (leaving(p, pool, outlook) > 0) {
                desired = pool.alive() - leaving(p, pool, outlook);
                constraint = remaining[p] == 0 ? "tasks" : "objective";
            } else if (pool.alive() >= bounds.maximum()) {
                constraint = "maximum";
            } else if (pool.alive() >= remaining[p]) {
                constraint = "tasks";
            }
            int bounded = Math.clamp(desired, bounds.minimum(), bounds.maximum());
            if (bounded != desired) {
                constraint = bounded < desired ? "maximum" : "minimum";
            }
            targets.add(
                    new PoolTarget(
                            pool.pool(), bounded, reason(pool, bounded, outlook), constraint));
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
        int busy = pool.runningSeconds().size();
        double[] uses = Arrays.copyOfRange(outlook.firstUse[p], busy, busy + pool.idle().size());
        Arrays.sort(uses);
        var longest = new ArrayList<>(pool.idle());
        longest.sort(Comparator.comparingDouble(IdleWorker::idleSeconds).reversed());
        int leaving = 0;
        while (leaving < uses.length) {
            boolean paid =
                    economics.minimumSeconds() - longest.get(leaving).billedSeconds() > interval;
            if (paid || !outlook.tooFar(p, uses[uses.length - 1 - leaving])) {
                break;
            }
            leaving++;
        }
        return leaving;
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
                "%s%d ready, %d blocked, %d running; done at %.0f s for %.0f worker-seconds",
                change,
                pool.ready(),
                pool.blocked(),
                pool.runningSeconds().size(),
                outlook.completion,
                outlook.cost);
    }

    /** The graph as it looks at one moment. */
    private final class Outlook {

        private final Work[] cases;
        private final int certain;
        private final double now;
        private final LogNormal delay;
        private final Crew[] crews;
        private final int[] least;
        private final int[] most;
        private final Rollout rollout;
        private final double[] mean;
        int[] launches = {};
        double[][] firstUse = {};
        double cost;
        double completion;

        Outlook(
                Work work,
                double now,
                LogNormal delay,
                PoolObservation[] seen,
                PoolDurations[] durations,
                int[] least,
                int[] most) {
            this.now = now;
            this.delay = delay;
            this.least = least;
            this.most = most;
            double[] doubts = work.hasGuesses() ? DOUBTS : NO_DOUBT;
            cases = Arrays.stream(doubts).mapToObj(work::stretched).toArray(Work[]::new);
            certain = doubts.length / 2;
            crews = new Crew[seen.length];
            mean = Arrays.stream(durations).mapToDouble(PoolDurations::mean).toArray();
            for (int p = 0; p < seen.length; p++) {
                double[] free = free(seen[p], durations[p]);
                crews[p] = new Crew(pools.get(p).price(), free, delay.median());
            }
            rollout = new Rollout(economics, delay, crews);
        }

        private double[] free(PoolObservation pool, PoolDurations durations) {
            double[] ages =
                    pool.starting().stream()
                            .mapToDouble(PoolObservation.StartingWorker::ageSeconds)
                            .sorted()
                            .toArray();
            double[] coming = new double[ages.length];
            for (int i = 0; i < ages.length; i++) {
                double age = ages[ages.length - 1 - i];
                coming[i] = delay.remaining(age, (i + 0.5) / ages.length);
            }
            Arrays.sort(coming);
            int busy = pool.runningSeconds().size();
            double[] free = new double[pool.alive()];
            int up = Math.max(0, pool.alive() - coming.length);
            for (int i = 0; i < Math.min(busy, up); i++) {
                free[i] = durations.residual(pool.runningSeconds().get(i));
            }
            for (int i = 0; i < coming.length && up + i < free.length; i++) {
                free[up + i] = coming[i];
            }
            return free;
        }

        int[] search(PoolObservation[] seen, int[] remaining) {
            var search = new CountSearch(this::score, least, most, cases[0].size());
            int[] start = counts.length == 0 ? search.uniform() : counts.clone();
            for (int p = 0; p < seen.length; p++) {
                start[p] = Math.max(start[p], Math.min(seen[p].alive(), remaining[p]));
                start[p] = Math.clamp(start[p], least[p], most[p]);
            }
            play(start);
            setLeads();
            int[] best = search.near(start);
            play(best);
            launches = rollout.launches();
            firstUse = new double[crews.length][];
            Arrays.setAll(firstUse, rollout::firstUse);
            return best;
        }

        /** True if starting another worker costs less than waiting {@code seconds} for its task. */
        boolean tooFar(int p, double seconds) {
            double unused = economics.minimumSeconds() - economics.billedStartSeconds() - mean[p];
            double late = Math.max(0, crews[p].lead() - seconds) * cost / completion;
            double restart = economics.startFeeSeconds() + economics.billedStartSeconds();
            return seconds > restart + Math.max(0, unused) + late * goal.exchange();
        }

        private void play(int[] of) {
            rollout.play(cases[certain], of);
            cost = spending.soFar() + rollout.cost();
            completion = now + rollout.completion();
        }

        private double score(int[] of) {
            double sum = 0;
            for (Work work : cases) {
                rollout.play(work, of);
                sum += goal.score(spending.soFar() + rollout.cost(), now + rollout.completion());
            }
            return sum / cases.length;
        }

        /**
         * How early workers are asked for, as in the newsvendor problem: a second too late delays
         * all, a second too early is one worker's idle second.
         */
        private void setLeads() {
            double second = goal.exchange() * cost / Math.max(completion, 1e-3);
            for (int p = 0; p < crews.length; p++) {
                double ratio = second / crews[p].price();
                double share = Math.clamp(ratio / (1 + ratio), 0.1, 0.95);
                double lead = Math.max(delay.quantile(share), interval);
                crews[p] = new Crew(crews[p].price(), crews[p].free(), lead);
            }
        }
    }
}
