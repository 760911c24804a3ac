package io.scalable.planning.simulation;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.planning.estimate.PoolPrices;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Given up after this many times what one worker would need at worst. */
    private static final double PATIENCE = 20;

    /** What starting a pool's worker takes at worst, seconds. */
    private static final double WORST_START = 4000;

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

    /** The tasks of a deployment: its components are the pools, with their bounds and slots. */
    public static Trace of(DeploymentSpec spec, boolean graph, List<TraceTask> tasks) {
        var pools = new LinkedHashMap<String, TracePool>();
        PoolPrices prices = PoolPrices.of(spec);
        for (ComponentSpec c : spec.components()) {
            int most = c.bounds().maximum();
            double price = prices.weight(c.name());
            pools.put(c.name(), new TracePool(price, c.cpus(), c.slots(), most));
        }
        return new Trace(spec.deploymentId(), graph, tasks, pools, spec.target().maxWorkers());
    }

    /** Seconds after which a simulation of it is given up. */
    double patience() {
        double work = 0;
        double lastSubmit = 0;
        for (TraceTask task : tasks) {
            TracePool pool = Objects.requireNonNull(pools.get(task.pool()));
            work += task.runtime() * pool.price();
            lastSubmit = Math.max(lastSubmit, task.submit());
        }
        return PATIENCE * (work + WORST_START * pools.size()) + lastSubmit;
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
