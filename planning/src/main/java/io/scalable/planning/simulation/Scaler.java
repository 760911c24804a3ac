package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.PoolDemand;
import java.util.Map;

/** Decides worker counts in a simulation. */
@FunctionalInterface
public interface Scaler {

    /** The workers that each pool should have; pools left out stay as they are. */
    Map<String, Integer> decide(PoolDemand demand);
}
