package io.scalable.planning.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One task of a trace. Seconds since the trace began.
 *
 * @param id its place in the trace, from 0
 * @param name what observations call it
 * @param group the task group it is counted in, as a manifest names it; null if in none
 * @param pool the component whose workers run it
 * @param submit when it becomes known
 * @param parents tasks that must end before; their ids are smaller
 * @param runtime how long it runs
 * @param cpus cores that it takes; the price of its pool's workers in a stream
 */
public record TraceTask(
        int id,
        String name,
        @Nullable String group,
        String pool,
        double submit,
        List<Integer> parents,
        double runtime,
        double cpus) {
    public TraceTask {
        parents = List.copyOf(parents);
    }

    /** A task that is named by its id, and in no group. */
    public TraceTask(
            int id,
            String pool,
            double submit,
            List<Integer> parents,
            double runtime,
            double cpus) {
        this(id, String.valueOf(id), null, pool, submit, parents, runtime, cpus);
    }
}
