package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import java.util.LinkedHashMap;
import java.util.Map;

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
     * The same count for every pool all the time, but no more than the pool has tasks. Where they
     * don't fit together, pools with tasks that are ready or running share the places, in their
     * order.
     */
    public static Scaler fixed(int workers, Trace trace) {
        Integer cap = trace.maxWorkers();
        int places = cap == null ? Integer.MAX_VALUE : cap;
        var counts = new LinkedHashMap<String, Integer>();
        trace.pools().keySet().forEach(pool -> counts.put(pool, 0));
        for (TraceTask task : trace.tasks()) {
            counts.merge(task.pool(), 1, (known, one) -> Math.min(known + one, workers));
        }
        long all = counts.values().stream().mapToLong(Integer::longValue).sum();
        return demand -> all <= places ? counts : share(demand, counts, places);
    }

    private static Map<String, Integer> share(
            PoolDemand demand, Map<String, Integer> counts, int places) {
        var desired = new LinkedHashMap<>(counts);
        desired.replaceAll((_, _) -> 0);
        int left = places;
        for (int before = left + 1; left > 0 && left < before; ) {
            before = left;
            for (PoolObservation pool : demand.pools()) {
                int now = desired.getOrDefault(pool.pool(), 0);
                boolean more = wanting(pool) > 0 && now < counts.getOrDefault(pool.pool(), 0);
                if (left > 0 && more) {
                    desired.put(pool.pool(), now + 1);
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
