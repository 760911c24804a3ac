package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.planning.reason.ReasonText;
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

    /** Starts that nobody needs any more are cancelled when that was so for so many intervals. */
    private static final int SURE = 2;

    /** The share kept of what a stream is worth if it is as even as a Poisson one and lasts. */
    private static final double SHARE = 0.8;

    /** So many tasks count as seen before any was. */
    private static final int ASSUMED = 3;

    private static final int LARGEST_HOLD = 500;

    private final Terms terms;
    private final WorkEstimator estimator;
    private final List<Arrivals> arrivals = new ArrayList<>();
    private final List<IdleTime> idleTimes = new ArrayList<>();
    private final int[] before;
    private final double[] spareSince;
    private final Spending spending;
    private double taskSeconds;
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
        spending = new Spending(pools, estimator.economics());
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
        spending.observe(demand);
        double worth = worth(seen, passed, delay);
        for (int p = 0; p < seen.length; p++) {
            PoolObservation pool = seen[p];
            int tasks = pool.ready() + pool.runningSeconds().size();
            int most = tasks + pool.completedSeconds().size();
            // What is there at the beginning did not come at a rate.
            int came = first ? 0 : Math.max(0, most - before[p]);
            arrivals.get(p).observe(came, passed, now);
            idleTimes.get(p).observe(most, passed, now);
            before[p] = tasks;
            targets.add(target(p, pool, tasks, worth / terms.pools().get(p).price(), now));
        }
        return targets;
    }

    @Override
    public double secondsLeft() {
        return secondsLeft;
    }

    private PoolTarget target(int p, PoolObservation pool, int tasks, double worth, double now) {
        double delay = estimator.startDelaySeconds();
        var bounds = terms.pools().get(p).bounds();
        int slots = terms.pools().get(p).slots();
        double[] ages = pool.runningSeconds().stream().mapToDouble(Double::doubleValue).toArray();
        double mean = TaskDurations.of(estimator, pool.pool(), pool.pool(), ages).mean();
        Economics economics = terms.economics();
        double paidStart = economics.billedStartSeconds();
        double unused = Math.max(0, economics.minimumSeconds() - paidStart - mean);
        // A restart is paid, and a task waits for it.
        double restart = economics.startFeeSeconds() + paidStart + unused + delay * worth;
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
            spending.asked(p, Math.min(needed, bounds.maximum()) - pool.alive());
            reason = what + (hold > useful ? "; a dense stream keeps " + hold : "");
        } else if (now - spareSince[p] >= SURE * terms.interval()) {
            desired = pool.alive() - unneeded;
            reason = what + "; starts that nobody waits for are cancelled";
            spareSince[p] = Double.NaN;
        } else if (unneeded <= 0 && pool.ready() == 0) {
            double keep =
                    Math.max(terms.goal().patienceSeconds(), idleTimes.get(p).best(restart, now));
            desired = pool.alive() - leaving(pool, pool.alive() - needed, keep);
            reason = String.format(Locale.ROOT, "%s; idle ones stay for %.0f s", what, keep);
        }
        int bounded = Math.clamp(desired, bounds.minimum(), bounds.maximum());
        double left = tasks == 0 ? 0 : mean * Math.ceilDiv(tasks, Math.max(1, bounded) * slots);
        secondsLeft =
                Math.max(secondsLeft, bounded == 0 && tasks > 0 ? Double.POSITIVE_INFINITY : left);
        return new PoolTarget(pool.pool(), bounded, reason, constraint(bounded, desired, hold));
    }

    /**
     * What a second of a task's waiting is worth, in worker-seconds times price: where time and
     * cost weigh the same, as much as all has cost until now for each second that a task was
     * waiting or running. What a first few tasks will cost and take is taken as seen.
     */
    private double worth(PoolObservation[] seen, double passed, double delay) {
        double cost = spending.soFar();
        Economics economics = terms.economics();
        double waited = 0;
        for (int p = 0; p < seen.length; p++) {
            PoolObservation pool = seen[p];
            taskSeconds += (pool.ready() + pool.runningSeconds().size()) * passed;
            double[] ages = pool.runningSeconds().stream().mapToDouble(a -> a).toArray();
            double mean = TaskDurations.of(estimator, pool.pool(), pool.pool(), ages).mean();
            double restart = economics.startFeeSeconds() + economics.billedStartSeconds();
            cost += ASSUMED * (mean + restart) * terms.pools().get(p).price() / seen.length;
            waited += ASSUMED * (mean + delay) / seen.length;
        }
        return terms.goal().exchange() * cost / (taskSeconds + waited);
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
     * Workers of an M/G/infinity pool of which the last is needed often enough: stopping it
     * whenever it is idle would cost more in restarts than keeping it idles. It is started whenever
     * a task comes while all before it are busy.
     */
    private static int worthKeeping(double rate, double mean, double restart) {
        double load = rate * mean;
        double exactly = Math.exp(-Math.min(load, 700));
        double atMost = 0;
        int kept = 0;
        for (int others = 0; others < LARGEST_HOLD && atMost < 1 - 1e-12; others++) {
            atMost += exactly;
            if (rate * exactly * restart >= atMost) {
                kept = others + 1;
            }
            exactly *= load / (others + 1);
        }
        return kept;
    }
}
