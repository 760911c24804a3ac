package io.scalable.dispatcher.domain;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.worker.Assignment;
import io.scalable.dispatcher.domain.Decision.Addressed;
import io.scalable.dispatcher.domain.Row.TaskSpec;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One command being decided: the rules write rows and effects through it, and read the state as
 * their rows have made it.
 */
final class Turn {

    final String deploymentId;
    final DeploymentState state;
    final Rules rules;
    final Recovery recovery;
    final Instant now;

    private final Map<String, Optional<Row>> rows = new LinkedHashMap<>();
    private final List<TaskEvent> events = new ArrayList<>();
    private final List<TaskResult> results = new ArrayList<>();
    private final List<Addressed> assignments = new ArrayList<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private @Nullable String refused;
    private boolean demandGone;

    Turn(String deploymentId, DeploymentState state, Rules rules, Recovery recovery, Instant now) {
        this.deploymentId = deploymentId;
        this.state = state;
        this.rules = rules;
        this.recovery = recovery;
        this.now = now;
    }

    void put(Row row) {
        state.apply(row);
        write(row.key(), Optional.of(row));
        switch (row) {
            case TaskEntry task -> {
                touched.add(task.component());
                if (task.over()) {
                    writeSpecGone(task);
                }
            }
            case WorkerEntry worker -> {
                touched.add(worker.component());
                noteDeparture(worker);
            }
            default -> {}
        }
    }

    private void noteDeparture(WorkerEntry worker) {
        if (worker.phase() == Phase.GONE || worker.phase() == Phase.LOST) {
            state.departures.note(worker.workerId(), now);
        } else {
            state.departures.cancel(worker.workerId());
        }
    }

    /** Nobody needs the deployment's line of demand any more. */
    void forgetDemand() {
        demandGone = true;
    }

    /** The command cannot be used; nothing has changed for it. */
    void refuse(String reason) {
        refused = reason;
    }

    void drop(Row row) {
        state.remove(row);
        writeGone(row);
    }

    /** The row goes with the whole deployment. */
    void forget(Row row) {
        writeGone(row);
    }

    /** The one row that is left of an ended deployment; it is no part of the old state. */
    void leave(Row row) {
        write(row.key(), Optional.of(row));
    }

    private void writeGone(Row row) {
        write(row.key(), Optional.empty());
        if (row instanceof TaskEntry task) {
            writeSpecGone(task);
        }
    }

    /**
     * The spec of a task that has ended goes after whatever its entry has become: kept without it,
     * an older entry could not be gone on with.
     */
    private void writeSpecGone(TaskEntry ended) {
        write(TaskSpec.key(ended.taskId()), Optional.empty());
    }

    /** In the order of last writes: whoever dies while rows are kept has kept the first of them. */
    private void write(String key, Optional<Row> row) {
        rows.remove(key);
        rows.put(key, row);
    }

    void emit(TaskEvent event) {
        events.add(event);
    }

    /** The result of a deployment that is not published waits: it has no topic yet. */
    void announce(TaskResult result) {
        if (state.spec() != null) {
            results.add(result);
        }
    }

    /** Tells a worker something; a deployment that is not published has no topic to tell it on. */
    void tell(WorkerEntry worker, Assignment assignment) {
        if (state.spec() != null) {
            assignments.add(new Addressed(worker.partition(), assignment));
        }
    }

    /** Something has changed for the pool that no row of a task or worker shows. */
    void touch(String component) {
        touched.add(component);
    }

    /** The pools where a task or a worker has moved. */
    Set<String> touchedPools() {
        return touched;
    }

    Decision decision(@Nullable PoolDemand demand) {
        return new Decision(rows, events, results, assignments, demand, demandGone, refused);
    }
}
