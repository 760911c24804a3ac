package io.scalable.dispatcher.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.dispatcher.domain.Row.CancelledAhead;
import io.scalable.dispatcher.domain.Row.EndedTasks;
import io.scalable.dispatcher.domain.Row.KeptResult;
import io.scalable.dispatcher.domain.Row.OutcomeOf;
import io.scalable.dispatcher.domain.Row.Outcomes;
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

    final TaskIds ids;
    final TaskTable tasks = new TaskTable();
    final TaskGroups groups = new TaskGroups();
    final Archive archive = new Archive();
    final DurationHints hints = new DurationHints(tasks);
    final OutcomeBook outcomes;
    final ReadyQueue queue = new ReadyQueue();
    final DemandBoard board = new DemandBoard();
    final RoundTrip roundTrip = new RoundTrip();
    final WorkerClocks clocks = new WorkerClocks();
    final Departures departures = new Departures();
    final LeaseOrder leaseOrder = new LeaseOrder();
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

    DeploymentState(String deploymentId, Rules rules) {
        ids = new TaskIds(deploymentId);
        outcomes = new OutcomeBook(ids);
        graph = new DependencyGraph(tasks, groups, outcomes, ids);
        shelf = new ResultShelf(tasks, groups, outcomes, ids, this::isPending, rules);
        liveness = new Liveness(rules);
        durations = new DurationBook(rules.prefetchBelow().toNanos() / 1e9);
        workers = new WorkerTable(durations::expected);
        indexes = List.of(queue, workers, board, durations, outcomes, hints, graph, shelf, archive);
    }

    /** The state that these rows, in any order, are. */
    static DeploymentState of(String deploymentId, Stream<Row> rows, Rules rules) {
        var state = new DeploymentState(deploymentId, rules);
        rows.sorted(
                        Comparator.comparingInt(DeploymentState::rank)
                                .thenComparingLong(DeploymentState::order))
                .forEach(state::restore);
        state.board.restored();
        return state;
    }

    private void restore(Row row) {
        apply(row);
        if (row instanceof EndedTasks ended) {
            board.restore(ended);
            durations.restore(ended.task(), ended.durations());
            tasks.used(ended.lastSequence());
        }
    }

    void apply(Row row) {
        switch (row) {
            case DeploymentEntry entry -> {
                DeploymentSpec before = spec();
                deployment = entry;
                if (entry.spec() != before) {
                    groups.declare(entry.spec());
                    outcomes.declare(groups);
                }
            }
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
            case Outcomes some -> outcomes.put(some);
            case OutcomeOf one -> outcomes.put(one);
            case EndedTasks ended -> archive.put(ended);
            case PendingResult pending -> pendingResults.add(pending.taskId());
        }
    }

    /** Takes out a row of what may go before its deployment does. */
    void remove(Row row) {
        switch (row) {
            case TaskSpec spec -> tasks.dropSpec(spec.submitted().taskId());
            case KeptResult result -> shelf.remove(result);
            case TaskEntry entry -> tasks.remove(entry);
            case Outcomes some -> outcomes.remove(some);
            case OutcomeOf one -> outcomes.remove(one);
            case EndedTasks ended -> archive.remove(ended);
            case CancelledAhead cancelled -> cancelledAhead.remove(cancelled.taskId());
            case PendingResult pending -> {
                pendingResults.remove(pending.taskId());
                shelf.written(pending.taskId());
                archive.written(tasks.get(pending.taskId()));
            }
            case WorkerEntry worker -> {
                workers.remove(worker);
                liveness.forget(worker.workerId());
                leaseOrder.forget(worker.workerId());
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

    /** The same for a need: a task's id, or a whole group. */
    boolean isNeedPending(String need) {
        return Needs.isGroup(need)
                ? pendingResults.stream().anyMatch(id -> need.equals(group(id)))
                : isPending(need);
    }

    private @Nullable String group(String taskId) {
        TaskEntry entry = tasks.get(taskId);
        return entry == null ? null : Needs.groupOf(ids, entry);
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
                        outcomes.rows(),
                        archive.all().stream(),
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
        return out.append(outcomes.describe())
                .append(new TreeSet<>(shelf.all().stream().map(Row::key).toList()))
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
            case EndedTasks _, Outcomes _, OutcomeOf _ -> 4;
            case TaskEntry _ -> 5;
            case PendingResult _ -> 6;
            case KeptResult _ -> 7;
            case CancelledAhead _ -> 8;
        };
    }

    private static long order(Row row) {
        return switch (row) {
            case TaskEntry task -> task.sequence();
            case OutcomeOf one -> one.sequence();
            case KeptResult result -> result.sequence();
            default -> 0;
        };
    }
}
