package io.scalable.planning.simulation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workload to be replayed.
 *
 * @param name its name
 * @param graph true if all tasks are known at the start; false if each is known when it is
 *     submitted
 * @param tasks in topological order, the id of each is its place
 * @param pools what is known of every pool's workers, in the order that observations list them
 * @param maxWorkers the most workers over all pools; null without such a limit
 */
public record Trace(
        String name,
        boolean graph,
        List<TraceTask> tasks,
        Map<String, TracePool> pools,
        @Nullable Integer maxWorkers) {
    public Trace {
        tasks = List.copyOf(tasks);
        pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
    }

    /** The pools are those of the tasks; a worker of a stream costs as much as its cores. */
    public Trace(String name, boolean graph, List<TraceTask> tasks) {
        this(name, graph, tasks, poolsOf(graph, tasks), null);
    }

    /** The price of one worker of each pool, relative to the others, by pool name. */
    public Map<String, Double> prices() {
        var prices = new TreeMap<String, Double>();
        pools.forEach((pool, workers) -> prices.put(pool, workers.price()));
        return prices;
    }

    private static Map<String, TracePool> poolsOf(boolean graph, List<TraceTask> tasks) {
        var cores = new TreeMap<String, Double>();
        tasks.forEach(t -> cores.merge(t.pool(), t.cpus(), Math::max));
        var pools = new LinkedHashMap<String, TracePool>();
        cores.forEach(
                (pool, most) ->
                        pools.put(
                                pool, new TracePool(graph ? 1 : most, most, 1, Integer.MAX_VALUE)));
        return pools;
    }
}
