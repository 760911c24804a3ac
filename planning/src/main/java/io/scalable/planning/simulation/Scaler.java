package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.PoolDemand;
import java.util.Map;

/** Decides worker counts in a simulation. */
@FunctionalInterface
public interface Scaler {

    /** The workers that each pool should have; pools left out stay as they are. */
    Map<String, Integer> decide(PoolDemand demand);

    /**
     * True if surplus workers that are busy leave after what they run, as the dispatcher has it;
     * false if only starting and idle ones leave.
     */
    default boolean drainsBusy() {
        return false;
    }
}
