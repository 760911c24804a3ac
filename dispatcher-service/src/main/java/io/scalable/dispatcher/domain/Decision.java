package io.scalable.dispatcher.domain;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.worker.Assignment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one command, to be carried out whole or not at all.
 *
 * @param rows what changed, by {@link Row#key}; empty for a row that is gone
 * @param events what happened, for everybody
 * @param results how tasks ended, for the deployment's driver
 * @param assignments what workers are told
 * @param demand a new line of demand; null if none is due
 * @param demandGone true if the deployment is not served any more: its line of demand goes
 * @param refused why the command cannot be used, for its dead letter; null if it was obeyed, or
 *     changes nothing
 */
public record Decision(
        Map<String, Optional<Row>> rows,
        List<TaskEvent> events,
        List<TaskResult> results,
        List<Addressed> assignments,
        @Nullable PoolDemand demand,
        boolean demandGone,
        @Nullable String refused) {

    public Decision {
        rows = Collections.unmodifiableMap(rows);
        events = List.copyOf(events);
        results = List.copyOf(results);
        assignments = List.copyOf(assignments);
    }

    /**
     * An assignment and where it goes.
     *
     * @param partition the partition of the assignments topic that the worker reads
     */
    public record Addressed(int partition, Assignment assignment) {}
}
