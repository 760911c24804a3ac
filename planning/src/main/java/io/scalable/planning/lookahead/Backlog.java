package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;

/** The known tasks of a deployment, and how far they have got. */
interface Backlog {

    /**
     * What is left to do.
     *
     * @param demand what is seen now; each line once, in order
     * @param seen its pools, in the pools' order
     */
    Outstanding outstanding(PoolDemand demand, PoolObservation[] seen);
}
