package io.scalable.planning.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A workload to be replayed.
 *
 * @param name its name
 * @param graph true if all tasks are known at the start; false if each is known when it is
 *     submitted
 * @param tasks in topological order, the id of each is its place
 */
public record Trace(String name, boolean graph, List<TraceTask> tasks) {
    public Trace {
        tasks = List.copyOf(tasks);
    }

    /** The price of one worker of each pool, relative to the others, by pool name. */
    public Map<String, Double> prices() {
        var prices = new TreeMap<String, Double>();
        for (TraceTask task : tasks) {
            prices.merge(task.pool(), graph ? 1 : task.cpus(), Math::max);
        }
        return prices;
    }
}
