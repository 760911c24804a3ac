package io.scalable.planning.lookahead;

import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.LogNormal;
import java.util.List;

/**
 * What the decisions of a deployment go by.
 *
 * @param interval how often it is asked, seconds
 */
record Terms(List<PoolSpec> pools, Economics economics, Goal goal, double interval) {

    Terms {
        pools = List.copyOf(pools);
    }

    /** What another start of a worker costs besides the work, worker-seconds. */
    double restart() {
        return economics.startFeeSeconds() + economics.billedStartSeconds();
    }

    /** True if a worker that is paid for {@code billed} seconds costs the same a while longer. */
    boolean isPaidFor(double billed) {
        return economics.minimumSeconds() - billed > interval;
    }

    /** How many workers are risked on a pool that has never run, one a minute of start delay. */
    static int risked(LogNormal startDelay) {
        return 1 + (int) (startDelay.median() / 60);
    }
}
