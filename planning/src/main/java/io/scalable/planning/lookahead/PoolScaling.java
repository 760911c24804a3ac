package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import java.util.List;

/** Decides worker counts from what is seen, one line after the other. */
public sealed interface PoolScaling permits GraphScaler, FlowScaler {

    /**
     * Decides.
     *
     * @param demand what is seen now; each line once, in order
     * @return a target for every pool, in the order of the pools
     */
    List<PoolTarget> decide(PoolDemand demand);

    /** Seconds from the last decision until the known work is done; infinite if it never is. */
    double secondsLeft();
}
