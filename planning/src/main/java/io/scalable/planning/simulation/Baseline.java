package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scalers without a plan, to compare with. */
public final class Baseline {

    private Baseline() {}

    /** As many workers as tasks are ready or running. */
    public static Scaler workerPerTask() {
        return demand -> {
            var desired = new LinkedHashMap<String, Integer>();
            demand.pools().forEach(p -> desired.put(p.pool(), wanting(p)));
            return desired;
        };
    }

    /**
     * The same count for every pool all the time. Where they don't fit together, pools with tasks
     * that are ready or running share the places, in their order.
     *
     * @param maxWorkers the most workers over all pools; null without such a limit
     */
    public static Scaler fixed(int workers, @Nullable Integer maxWorkers) {
        int places = maxWorkers == null ? Integer.MAX_VALUE : maxWorkers;
        return demand ->
                (long) workers * demand.pools().size() <= places
                        ? all(demand, workers)
                        : share(demand, workers, places);
    }

    private static Map<String, Integer> all(PoolDemand demand, int workers) {
        var desired = new LinkedHashMap<String, Integer>();
        demand.pools().forEach(p -> desired.put(p.pool(), workers));
        return desired;
    }

    private static Map<String, Integer> share(PoolDemand demand, int workers, int places) {
        Map<String, Integer> desired = all(demand, 0);
        int left = places;
        for (int round = 0; round < workers && left > 0; round++) {
            for (PoolObservation pool : demand.pools()) {
                if (left > 0 && wanting(pool) > 0) {
                    desired.merge(pool.pool(), 1, Integer::sum);
                    left--;
                }
            }
        }
        return desired;
    }

    private static int wanting(PoolObservation pool) {
        return pool.ready() + pool.runningSeconds().size();
    }
}
