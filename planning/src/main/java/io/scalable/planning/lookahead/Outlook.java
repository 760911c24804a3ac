package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.LogNormal;
import java.util.Arrays;

/** A deployment as it looks at one moment, and how it would go on. */
final class Outlook {

    /** Another share is taken for a gain of so much, in the score. */
    private static final double CLEAR = 0.05;

    /** Shares of the usual lead that are tried; with none, workers are asked for by ready tasks. */
    private static final double[] LEADS = {0, 0.5, 1, 1.5};

    private static final double LEAST = 1e-3;

    private final Terms terms;
    private final double spent;
    private final double now;
    private final LogNormal delay;
    private final PoolSlots[] slotsOfPools;
    private final Limits limits;
    private final Rollout rollout;
    private final double[] leads;
    private final int size;
    private final double[] mean;
    int[] launches = {};
    double[][] firstUse = {};
    double cost;
    double completion;
    int tried;

    /** The share of the usual lead that workers are asked for by. */
    double share = 1;

    /**
     * @param spent what the workers have cost so far, worker-seconds times price
     */
    Outlook(
            Terms terms,
            Outstanding outstanding,
            PoolObservation[] seen,
            Limits limits,
            LogNormal delay,
            double now,
            double spent) {
        this.terms = terms;
        this.limits = limits;
        this.delay = delay;
        this.now = now;
        this.spent = spent;
        slotsOfPools = new PoolSlots[seen.length];
        mean = outstanding.mean();
        for (int p = 0; p < seen.length; p++) {
            PoolSpec pool = terms.pools().get(p);
            double[] free = free(seen[p], pool.slots(), outstanding.residuals()[p], p, -1);
            double[][] draws = new double[Scenarios.COUNT][];
            for (int s = 0; s < draws.length; s++) {
                draws[s] = free(seen[p], pool.slots(), outstanding.residualDraws()[s][p], p, s);
            }
            slotsOfPools[p] =
                    new PoolSlots(pool.price(), pool.slots(), free, draws, delay.median());
        }
        leads = new double[seen.length];
        size = outstanding.work().size();
        rollout = new Rollout(terms.economics(), delay, slotsOfPools, outstanding.work());
    }

    /**
     * @param scenario of which; below 0 for what is expected
     */
    private double[] free(
            PoolObservation pool, int slots, double[] residuals, int p, int scenario) {
        double[] ages =
                pool.starting().stream().mapToDouble(StartingWorker::ageSeconds).sorted().toArray();
        double[] coming = new double[ages.length];
        for (int i = 0; i < ages.length; i++) {
            double age = ages[ages.length - 1 - i];
            double u =
                    scenario < 0
                            ? (i + 0.5) / ages.length
                            : Scenarios.stratum(p * 1009 + 500 + i, scenario);
            coming[i] = delay.remaining(age, u);
        }
        Arrays.sort(coming);
        double[] free = new double[pool.alive() * slots];
        int up = Math.max(0, pool.alive() - coming.length) * slots;
        System.arraycopy(residuals, 0, free, 0, Math.min(residuals.length, up));
        for (int i = up; i < free.length; i++) {
            free[i] = coming[(i - up) / slots];
        }
        return free;
    }

    /** When each idle worker is used first. */
    double[] idleUses(int p, PoolObservation pool) {
        int slots = terms.pools().get(p).slots();
        int idle = pool.idle().size();
        int up = (pool.alive() - pool.starting().size()) * slots;
        int from = Math.clamp(up - (long) idle * slots, 0, firstUse[p].length);
        double[] uses = new double[idle];
        for (int i = 0; i < idle; i++) {
            uses[i] = Double.POSITIVE_INFINITY;
            for (int k = from + i * slots; k < from + (i + 1) * slots; k++) {
                uses[i] = Math.min(uses[i], k < firstUse[p].length ? firstUse[p][k] : uses[i]);
            }
        }
        return uses;
    }

    /**
     * Searches the best counts near {@code start} and plays them out.
     *
     * @param start empty to search from the best even counts
     * @param effort how many tasks may be played out
     * @param turn the pool to begin with
     */
    int[] search(int[] start, PoolObservation[] seen, int[] useful, long effort, int turn) {
        int evaluations = (int) (effort / Math.max(1, (1 + Scenarios.COUNT) * size));
        var search = new CountSearch(this::score, limits.least(), limits.most(), evaluations);
        int[] from = start.length == 0 ? search.uniform() : start.clone();
        for (int p = 0; p < from.length; p++) {
            from[p] = Math.max(from[p], Math.min(seen[p].alive(), useful[p]));
            from[p] = Math.clamp(from[p], limits.least()[p], limits.most()[p]);
        }
        play(from);
        setLeads();
        if (evaluations > LEADS.length) {
            chooseLead(from);
        }
        int[] best = search.near(from, turn);
        tried = search.tried();
        play(best);
        launches = rollout.launches();
        firstUse = new double[slotsOfPools.length][];
        Arrays.setAll(firstUse, rollout::firstUse);
        return best;
    }

    /** How early workers are asked for at all. */
    private void chooseLead(int[] counts) {
        lead(share);
        double best = score(counts) - CLEAR;
        double chosen = share;
        for (double other : LEADS) {
            if (other != share) {
                lead(other);
                double found = score(counts);
                if (found < best) {
                    best = found;
                    chosen = other;
                }
            }
        }
        share = chosen;
        lead(chosen);
    }

    private void lead(double part) {
        for (int p = 0; p < slotsOfPools.length; p++) {
            double lead = Math.max(part * leads[p], terms.interval());
            slotsOfPools[p] = slotsOfPools[p].withLead(lead);
        }
    }

    /** True if starting another worker costs less than waiting {@code seconds} for its task. */
    boolean tooFar(int p, double seconds) {
        Economics economics = terms.economics();
        double unused = economics.minimumSeconds() - economics.billedStartSeconds() - mean[p];
        double late = Math.max(0, slotsOfPools[p].lead() - seconds) * cost / completion;
        // One that would be asked for again at once stays.
        return seconds > slotsOfPools[p].lead()
                && seconds > terms.restart() + Math.max(0, unused) + late * terms.goal().exchange();
    }

    private void play(int[] of) {
        rollout.play(of);
        cost = Math.max(LEAST, spent + rollout.cost());
        completion = Math.max(LEAST, now + rollout.completion());
    }

    private double score(int[] of) {
        rollout.play(of);
        double sum = 0;
        for (int s = 0; s < Scenarios.COUNT; s++) {
            rollout.play(of, s);
            sum += terms.goal().score(spent + rollout.cost(), now + rollout.completion());
        }
        return sum / Scenarios.COUNT;
    }

    /**
     * How early workers are asked for, as in the newsvendor problem: a second too late delays all,
     * a second too early is one worker's idle second.
     */
    private void setLeads() {
        double second = terms.goal().exchange() * cost / Math.max(completion, LEAST);
        for (int p = 0; p < slotsOfPools.length; p++) {
            double ratio = second / slotsOfPools[p].price();
            double share = Math.clamp(ratio / (1 + ratio), 0.1, 0.95);
            double lead = Math.max(delay.quantile(share), terms.interval());
            leads[p] = lead;
        }
        lead(share);
    }
}
