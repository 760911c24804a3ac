package io.scalable.planning.lookahead;

import java.util.List;

/**
 * A task of a known graph.
 *
 * @param id unique within the graph
 * @param pool the pool whose workers run it
 * @param parents ids of the tasks that must end before, each of them earlier in the graph
 */
public record GraphTask(String id, String pool, List<String> parents) {
    public GraphTask {
        parents = List.copyOf(parents);
    }
}
