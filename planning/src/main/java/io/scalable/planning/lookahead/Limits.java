package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.planning.estimate.LogNormal;

/**
 * Between which counts of each pool may be chosen now.
 *
 * @param least busy and starting workers stay; idle ones may go once nothing waits for them
 * @param most the bounds, the tasks, and caution with pools that have never run
 */
record Limits(int[] least, int[] most) {

    /**
     * @param useful how many workers of each pool the tasks that are left can use
     */
    static Limits of(
            Terms terms,
            PoolObservation[] seen,
            Outstanding outstanding,
            int[] useful,
            LogNormal startDelay) {
        var limits = new Limits(new int[seen.length], new int[seen.length]);
        for (int p = 0; p < seen.length; p++) {
            PoolObservation pool = seen[p];
            var bounds = terms.pools().get(p).bounds();
            boolean paid = pool.idle().stream().anyMatch(w -> terms.isPaidFor(w.billedSeconds()));
            boolean mayGo = pool.starting().isEmpty() && pool.ready() == 0 && !paid;
            int least = mayGo ? pool.alive() - pool.idle().size() : pool.alive();
            least = Math.max(least, bounds.minimum());
            if (useful[p] > 0 && pool.alive() == 0) {
                least = Math.max(1, least);
            }
            int most = Math.max(pool.alive(), Math.min(bounds.maximum(), useful[p]));
            boolean untried =
                    !outstanding.known()[p] && pool.ready() == 0 && pool.runningSeconds().isEmpty();
            if (untried) {
                most = Math.min(most, Math.max(Terms.risked(startDelay), pool.alive()));
            }
            limits.least[p] = least;
            limits.most[p] = Math.max(least, most);
        }
        return limits;
    }
}
