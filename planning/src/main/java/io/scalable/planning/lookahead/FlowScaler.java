package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.planning.ReasonText;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Starts that nobody needs any more are cancelled when that was so for so many intervals. */
    private static final int SURE = 2;

    private static final int LARGEST_HOLD = 500;

    private final Terms terms;
    private final WorkEstimator estimator;
    private final List<Arrivals> arrivals = new ArrayList<>();
    private final List<IdleTime> idleTimes = new ArrayList<>();
    private final int[] before;
    private final double[] spareSince;
    private double last = Double.NaN;
    private double secondsLeft;

    /**
     * @param estimator what is known of the durations; it has learned from a line before this sees
     *     it
     * @param intervalSeconds how often it is asked
     */
    public FlowScaler(
            List<PoolSpec> pools, WorkEstimator estimator, Goal goal, double intervalSeconds) {
        this.estimator = estimator;
        terms = new Terms(pools, estimator.economics(), goal, intervalSeconds);
        pools.forEach(
                p -> {
                    arrivals.add(new Arrivals());
                    idleTimes.add(new IdleTime());
                });
        before = new int[pools.size()];
        spareSince = new double[pools.size()];
        Arrays.fill(spareSince, Double.NaN);
    }

    @Override
    public List<PoolTarget> decide(PoolDemand demand) {
        double now = demand.nowSeconds();
        boolean first = Double.isNaN(last);
        double passed = first ? terms.interval() : Math.max(terms.interval(), now - last);
        last = now;
        double delay = estimator.startDelaySeconds();
        PoolObservation[] seen = PoolSpec.inOrder(terms.pools(), demand);
        var targets = new ArrayList<PoolTarget>();
        secondsLeft = 0;
        for (int p = 0; p < seen.length; p++) {
            PoolObservation pool = seen[p];
            int tasks = pool.ready() + pool.runningSeconds().size();
            int most = tasks + pool.completedSeconds().size();
            // What is there at the beginning did not come at a rate.
            int came = first ? 0 : Math.max(0, most - before[p]);
            arrivals.get(p).observe(came, passed, now);
            idleTimes.get(p).observe(most, passed, now);
            before[p] = tasks;
            targets.add(target(p, pool, tasks, delay, now));
        }
        return targets;
    }

    @Override
    public double secondsLeft() {
        return secondsLeft;
    }

    private PoolTarget target(int p, PoolObservation pool, int tasks, double delay, double now) {
        var bounds = terms.pools().get(p).bounds();
        int slots = terms.pools().get(p).slots();
        double[] ages = pool.runningSeconds().stream().mapToDouble(Double::doubleValue).toArray();
        double mean = TaskDurations.of(estimator, pool.pool(), pool.pool(), ages).mean();
        Economics economics = terms.economics();
        double paidStart = economics.billedStartSeconds();
        double unused = Math.max(0, economics.minimumSeconds() - paidStart - mean);
        // A restart is paid, and a task waits for it.
        double restart =
                economics.startFeeSeconds() + paidStart + unused + delay * terms.goal().exchange();
        double rate = arrivals.get(p).perSecond();
        boolean dense = rate * (paidStart + delay) > DENSE;
        int kept = worthKeeping(rate, mean / slots, restart);
        int hold = dense ? (int) Math.round(SHARE * kept) : 0;
        int useful = Math.ceilDiv(tasks, slots);
        int needed = Math.max(hold, useful);
        String what =
                String.format(
                        Locale.ROOT,
                        "%s ready, %d running, %.3f arrive per second",
                        ReasonText.tasks(pool.ready()),
                        ages.length,
                        rate);
        int desired = pool.alive();
        String reason = what;
        int unneeded = Math.min(pool.starting().size(), pool.alive() - needed);
        spareSince[p] =
                unneeded <= 0 ? Double.NaN : Double.isNaN(spareSince[p]) ? now : spareSince[p];
        if (needed > pool.alive()) {
            desired = needed;
            reason = what + (hold > useful ? "; a dense stream keeps " + hold : "");
        } else if (now - spareSince[p] >= SURE * terms.interval()) {
            desired = pool.alive() - unneeded;
            reason = what + "; starts that nobody waits for are cancelled";
            spareSince[p] = Double.NaN;
        } else if (unneeded <= 0 && pool.ready() == 0) {
            double keep = Math.max(terms.goal().patienceSeconds(), idleTimes.get(p).best(restart));
            desired = pool.alive() - leaving(pool, pool.alive() - needed, keep);
            reason = String.format(Locale.ROOT, "%s; idle ones stay for %.0f s", what, keep);
        }
        int bounded = Math.clamp(desired, bounds.minimum(), bounds.maximum());
        double left = tasks == 0 ? 0 : mean * Math.ceilDiv(tasks, Math.max(1, bounded) * slots);
        secondsLeft =
                Math.max(secondsLeft, bounded == 0 && tasks > 0 ? Double.POSITIVE_INFINITY : left);
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
            boolean paid = terms.isPaidFor(worker.billedSeconds());
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
