package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.planning.Economics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Scales pools whose work arrives from outside, unannounced. Every waiting task is worth a worker.
 * Workers stay while the stream is so dense that stopping one would cost more than its idling, or
 * as long as the gaps in the work say that waiting pays.
 */
public final class FlowScaler implements PoolScaling {

    /** A stream is dense if more tasks than this arrive while a worker starts. */
    private static final double DENSE = 3;

    /** The share kept of the workers that a dense stream would be worth if all else were idle. */
    private static final double SHARE = 0.85;

    /** Starts that nobody needs any more are cancelled when that was so this many times. */
    private static final int SURE = 3;

    private static final double GUESS = 10;
    private static final int LARGEST_HOLD = 500;

    private final List<PoolSpec> pools;
    private final Economics economics;
    private final Goal goal;
    private final double interval;
    private final PoolMemory memory;
    private final List<Arrivals> arrivals = new ArrayList<>();
    private final List<IdleTime> idleTimes = new ArrayList<>();
    private final int[] before;
    private final int[] spare;
    private double last;

    /**
     * @param intervalSeconds how often it is asked
     */
    public FlowScaler(
            List<PoolSpec> pools, Economics economics, Goal goal, double intervalSeconds) {
        this.pools = List.copyOf(pools);
        this.economics = economics;
        this.goal = goal;
        this.interval = intervalSeconds;
        memory = new PoolMemory(this.pools, economics);
        pools.forEach(
                p -> {
                    arrivals.add(new Arrivals());
                    idleTimes.add(new IdleTime());
                });
        before = new int[pools.size()];
        spare = new int[pools.size()];
    }

    @Override
    public List<PoolTarget> decide(PoolDemand demand) {
        memory.observe(demand);
        double now = demand.nowSeconds();
        double passed = Math.max(interval, now - last);
        last = now;
        double delay = memory.startDelay(demand).median();
        PoolObservation[] seen = memory.inOrder(demand);
        var targets = new ArrayList<PoolTarget>();
        for (int p = 0; p < seen.length; p++) {
            PoolObservation pool = seen[p];
            int tasks = pool.ready() + pool.runningSeconds().size();
            int most = tasks + pool.completedSeconds().size();
            arrivals.get(p).observe(Math.max(0, most - before[p]), passed, now);
            idleTimes.get(p).observe(most, passed, now);
            before[p] = tasks;
            targets.add(target(p, pool, tasks, delay));
        }
        return targets;
    }

    private PoolTarget target(int p, PoolObservation pool, int tasks, double delay) {
        var bounds = pools.get(p).bounds();
        double[] ages = pool.runningSeconds().stream().mapToDouble(Double::doubleValue).toArray();
        double mean = new PoolDurations(memory.durations(p), GUESS, ages).mean();
        double paidStart = economics.billedStartSeconds();
        double unused = Math.max(0, economics.minimumSeconds() - paidStart - mean);
        // A restart is paid, and a task waits for it.
        double restart = economics.startFeeSeconds() + paidStart + unused + delay * goal.exchange();
        double rate = arrivals.get(p).perSecond();
        boolean dense = rate * (paidStart + delay) > DENSE;
        int hold = dense ? (int) Math.round(SHARE * worthKeeping(rate, mean, restart)) : 0;
        int needed = Math.max(hold, tasks);
        String what =
                String.format(
                        Locale.ROOT,
                        "%d ready, %d running, %.3f arrive per second",
                        pool.ready(),
                        ages.length,
                        rate);
        int desired = pool.alive();
        String reason = what;
        int unneeded = Math.min(pool.starting().size(), pool.alive() - needed);
        spare[p] = unneeded > 0 ? spare[p] + 1 : 0;
        if (needed > pool.alive()) {
            desired = needed;
            reason = what + (hold > tasks ? "; a dense stream keeps " + hold : "");
        } else if (spare[p] >= SURE) {
            desired = pool.alive() - unneeded;
            reason = what + "; starts that nobody waits for are cancelled";
            spare[p] = 0;
        } else if (unneeded <= 0 && pool.ready() == 0) {
            double keep = idleTimes.get(p).best(restart);
            desired = pool.alive() - leaving(pool, pool.alive() - needed, keep);
            reason = String.format(Locale.ROOT, "%s; idle ones stay for %.0f s", what, keep);
        }
        int bounded = Math.clamp(desired, bounds.minimum(), bounds.maximum());
        return new PoolTarget(pool.pool(), bounded, reason, constraint(bounded, desired, hold));
    }

    private static String constraint(int bounded, int desired, int hold) {
        if (bounded != desired) {
            return bounded < desired ? "maximum" : "minimum";
        }
        return hold > 0 && desired == hold ? "objective" : "tasks";
    }

    /** How many idle workers have waited long enough; what is paid for already is used. */
    private int leaving(PoolObservation pool, int most, double keep) {
        if (!pool.starting().isEmpty()) {
            return 0;
        }
        var longest = new ArrayList<>(pool.idle());
        longest.sort(Comparator.comparingDouble(IdleWorker::idleSeconds).reversed());
        int leaving = 0;
        for (IdleWorker worker : longest) {
            boolean paid = economics.minimumSeconds() - worker.billedSeconds() > interval;
            if (leaving >= most || paid || worker.idleSeconds() < keep) {
                break;
            }
            leaving++;
        }
        return leaving;
    }

    /**
     * Workers of an M/G/infinity pool of which the last is needed often enough: stopping it would
     * cost more in restarts than keeping it idles.
     */
    private static int worthKeeping(double rate, double mean, double restart) {
        double load = rate * mean;
        double exactly = Math.exp(-Math.min(load, 700));
        double more = 1;
        int workers = 0;
        while (workers < LARGEST_HOLD && more > 1e-12 && rate * more * restart >= 1 - more) {
            more -= exactly;
            workers++;
            exactly *= load / workers;
        }
        return workers;
    }
}
