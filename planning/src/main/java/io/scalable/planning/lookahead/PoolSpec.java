package io.scalable.planning.lookahead;

import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One pool, as it stays while the deployment lives.
 *
 * @param name its component
 * @param bounds its limits
 * @param price what a second of one worker costs, relative to the other pools, above 0
 * @param slots tasks that one worker runs at a time, at least 1
 */
public record PoolSpec(String name, Bounds bounds, double price, int slots) {

    /** The pools' observations in the pools' order; one that the line leaves out has nothing. */
    static PoolObservation[] inOrder(List<PoolSpec> pools, PoolDemand demand) {
        Map<String, PoolObservation> seen = new HashMap<>();
        demand.pools().forEach(pool -> seen.put(pool.pool(), pool));
        return pools.stream()
                .map(pool -> seen.getOrDefault(pool.name(), nothing(pool.name())))
                .toArray(PoolObservation[]::new);
    }

    private static PoolObservation nothing(String pool) {
        List<Double> none = List.of();
        return new PoolObservation(
                pool, 0, 0, 0, 0, none, List.of(), List.of(), none, none, List.of());
    }
}
