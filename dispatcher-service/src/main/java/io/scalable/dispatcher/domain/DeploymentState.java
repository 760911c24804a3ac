package io.scalable.dispatcher.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.dispatcher.domain.Row.CancelledAhead;
import io.scalable.dispatcher.domain.Row.KeptResult;
import io.scalable.dispatcher.domain.Row.PendingResult;
import io.scalable.dispatcher.domain.Row.PoolStarts;
import io.scalable.dispatcher.domain.Row.TaskSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one deployment: its rows, and the indexes that they give. {@link #apply} and
 * {@link #remove} alone change it.
 */
final class DeploymentState {

    final TaskTable tasks = new TaskTable();
    final ReadyQueue queue = new ReadyQueue();
    final DemandBoard board = new DemandBoard();
    final RoundTrip roundTrip = new RoundTrip();
    final WorkerClocks clocks = new WorkerClocks();
    final Departures departures = new Departures();
    final DurationBook durations;
    final WorkerTable workers;
    final DependencyGraph graph;
    final ResultShelf shelf;
    final Liveness liveness;

    private final List<TaskIndex> indexes;
    private final Map<String, PoolStarts> starts = new HashMap<>();
    private final Map<String, CancelledAhead> cancelledAhead = new HashMap<>();
    private final LinkedHashSet<String> pendingResults = new LinkedHashSet<>();
    private @Nullable DeploymentEntry deployment;

    DeploymentState(Rules rules) {
        graph = new DependencyGraph(tasks, this::spec);
        shelf = new ResultShelf(tasks, this::spec, this::isPending, rules.resultsKept());
        liveness = new Liveness(rules);
        durations = new DurationBook(rules.prefetchBelow().toNanos() / 1e9);
        workers = new WorkerTable(durations::expected);
        indexes = List.of(queue, workers, board, durations, graph, shelf);
    }

    /** The state that these rows, in any order, are. */
    static DeploymentState of(Stream<Row> rows, Rules rules) {
        var state = new DeploymentState(rules);
        rows.sorted(
                        Comparator.comparingInt(DeploymentState::rank)
                                .thenComparingLong(DeploymentState::order))
                .forEach(state::apply);
        state.board.lineWritten();
        state.board.touch();
        return state;
    }

    void apply(Row row) {
        switch (row) {
            case DeploymentEntry entry -> deployment = entry;
            case TaskSpec spec -> tasks.putSpec(spec.submitted());
            case TaskEntry entry -> {
                TaskEntry before = tasks.put(entry);
                for (TaskIndex index : indexes) {
                    index.moved(before, entry);
                }
            }
            case KeptResult result -> shelf.put(result);
            case WorkerEntry worker -> {
                workers.put(worker);
                board.touch();
            }
            case PoolStarts pool -> starts.put(pool.component(), pool);
            case CancelledAhead cancelled -> cancelledAhead.put(cancelled.taskId(), cancelled);
            case PendingResult pending -> pendingResults.add(pending.taskId());
        }
    }

    /**
     * Takes out a row; specs, kept and pending results, early cancels and workers go before their
     * deployment does.
     */
    void remove(Row row) {
        switch (row) {
            case TaskSpec spec -> tasks.dropSpec(spec.submitted().taskId());
            case KeptResult result -> shelf.remove(result);
            case CancelledAhead cancelled -> cancelledAhead.remove(cancelled.taskId());
            case PendingResult pending -> {
                pendingResults.remove(pending.taskId());
                shelf.written(pending.taskId());
            }
            case WorkerEntry worker -> {
                workers.remove(worker);
                liveness.forget(worker.workerId());
                clocks.forget(worker.workerId());
                departures.cancel(worker.workerId());
            }
            default -> throw new IllegalArgumentException("never removed alone: " + row.key());
        }
    }

    @Nullable DeploymentEntry deployment() {
        return deployment;
    }

    /** The deployment's spec; null until it is published. */
    @Nullable DeploymentSpec spec() {
        return deployment == null ? null : deployment.spec();
    }

    /** Start failures of the pool since one of its workers was ready. */
    int startFailures(String component) {
        PoolStarts pool = starts.get(component);
        return pool == null ? 0 : pool.failures();
    }

    /** The wish to cancel a task that has not come; null if there is none. */
    @Nullable CancelledAhead cancelledAhead(String taskId) {
        return cancelledAhead.get(taskId);
    }

    /** How many tasks that have not come are to be cancelled. */
    int cancelledAhead() {
        return cancelledAhead.size();
    }

    /** The tasks whose results are not known to be on their topic, in the order they ended. */
    List<String> pendingResults() {
        return List.copyOf(pendingResults);
    }

    /** True if the task's result is not known to be on its topic. */
    boolean isPending(String taskId) {
        return pendingResults.contains(taskId);
    }

    /** Every row. */
    Stream<Row> rows() {
        return Stream.of(
                        Stream.<Row>ofNullable(deployment),
                        tasks.specs().stream().map(TaskSpec::new),
                        tasks.all().stream(),
                        shelf.all().stream(),
                        workers.all().stream(),
                        starts.values().stream(),
                        cancelledAhead.values().stream(),
                        pendingResults.stream().map(PendingResult::new))
                .flatMap(rows -> rows);
    }

    /** What the indexes say, in words; the same for states of the same rows. */
    String describe() {
        var out = new StringBuilder();
        for (WorkerEntry worker : workers.all()) {
            out.append(worker)
                    .append(" holds ")
                    .append(new TreeSet<>(workers.heldBy(worker.workerId())))
                    .append('\n');
            for (TaskEntry queued : queue.all(worker.component())) {
                out.append(queued.taskId()).append(' ');
            }
        }
        for (TaskEntry task : tasks.all()) {
            out.append(task)
                    .append(" blocks ")
                    .append(new TreeSet<>(graph.dependents(task)))
                    .append('\n');
        }
        return out.append(new TreeSet<>(shelf.all().stream().map(Row::key).toList()))
                .append(new TreeSet<>(pendingResults))
                .append(tasks.nextSequence())
                .toString();
    }

    private static int rank(Row row) {
        return switch (row) {
            case DeploymentEntry _ -> 0;
            case TaskSpec _ -> 1;
            case WorkerEntry _ -> 2;
            case PoolStarts _ -> 3;
            case TaskEntry _ -> 4;
            case PendingResult _ -> 5;
            case KeptResult _ -> 6;
            case CancelledAhead _ -> 7;
        };
    }

    private static long order(Row row) {
        return row instanceof TaskEntry task ? task.sequence() : 0;
    }
}
