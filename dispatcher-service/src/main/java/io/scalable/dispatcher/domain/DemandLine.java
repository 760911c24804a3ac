package io.scalable.dispatcher.domain;

import io.scalable.contracts.Limits;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes down what is asked of every pool at one moment. */
final class DemandLine {

    /** Needed tasks that were never submitted: so many are named. */
    private static final int MOST_MISSING = 10;

    /** Names of a pool that one line tells apart. */
    private static final int MOST_NAMES = Limits.TASK_NAMES;

    private final DeploymentState state;
    private final Instant now;

    DemandLine(DeploymentState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    PoolDemand write(DeploymentSpec spec) {
        List<PoolObservation> pools = spec.components().stream().map(this::pool).toList();
        return new PoolDemand(
                spec.deploymentId(),
                now,
                "observe",
                since(spec.createdAt()),
                pools,
                state.board.started(),
                state.board.done(),
                state.graph.absent(MOST_MISSING).stream()
                        .map(a -> new MissingNeed(a.need(), a.waiting()))
                        .toList());
    }

    private PoolObservation pool(ComponentSpec component) {
        String name = component.name();
        DemandBoard.Pool pool = state.board.pool(name);
        var idle = new ArrayList<IdleWorker>();
        for (WorkerEntry worker : state.workers.ready(name)) {
            if (state.workers.load(worker) == 0) {
                idle.add(idle(worker));
            }
        }
        List<StartingWorker> starting =
                state.workers.in(Phase.STARTING, name).stream()
                        .map(w -> new StartingWorker(w.workerId(), since(w.requestedAt())))
                        .toList();
        return new PoolObservation(
                name,
                pool.count(TaskState.QUEUED) + pool.count(TaskState.LEASED),
                pool.count(TaskState.BLOCKED),
                state.workers.readyCount(name) + starting.size(),
                state.workers.in(Phase.DRAINING, name).size(),
                pool.running.values().stream().map(this::since).toList(),
                idle,
                starting,
                pool.completedSeconds,
                pool.startedAfterSeconds,
                names(name, pool));
    }

    /** The counts of each name; of too many the ones with open tasks, and all others together. */
    private List<TaskCounts> names(String component, DemandBoard.Pool pool) {
        var all = pool.names.keySet().stream().map(task -> counts(component, pool, task)).toList();
        if (all.size() <= MOST_NAMES) {
            return all;
        }
        var open = all.stream().filter(DemandLine::open).limit(MOST_NAMES).toList();
        var names = open.stream().map(TaskCounts::task).collect(Collectors.toSet());
        var told = new ArrayList<>(open);
        all.stream()
                .filter(counts -> !names.contains(counts.task()))
                .reduce(DemandLine::together)
                .ifPresent(told::add);
        return told;
    }

    private static boolean open(TaskCounts counts) {
        return counts.blocked() + counts.queued() + counts.leased() + counts.running() > 0;
    }

    private static TaskCounts together(TaskCounts a, TaskCounts b) {
        return new TaskCounts(
                DemandBoard.OTHERS,
                a.blocked() + b.blocked(),
                a.queued() + b.queued(),
                a.leased() + b.leased(),
                a.running() + b.running(),
                a.done() + b.done(),
                a.failed() + b.failed(),
                Math.max(a.oldestQueuedSeconds(), b.oldestQueuedSeconds()));
    }

    private IdleWorker idle(WorkerEntry worker) {
        Instant paidFrom = worker.startedAt() == null ? worker.readyAt() : worker.startedAt();
        return new IdleWorker(
                worker.workerId(), since(state.workers.idleSince(worker)), since(paidFrom));
    }

    private TaskCounts counts(String component, DemandBoard.Pool pool, String task) {
        int succeeded = pool.count(task, TaskState.SUCCEEDED);
        int otherwise =
                pool.count(task, TaskState.FAILED)
                        + pool.count(task, TaskState.CANCELLED)
                        + pool.count(task, TaskState.SKIPPED)
                        + pool.count(task, TaskState.DEAD_LETTERED);
        return new TaskCounts(
                task,
                pool.count(task, TaskState.BLOCKED),
                pool.count(task, TaskState.QUEUED),
                pool.count(task, TaskState.LEASED),
                pool.count(task, TaskState.RUNNING),
                succeeded + otherwise,
                otherwise,
                since(state.queue.oldest(component, task)),
                state.hints.mean(task));
    }

    private double since(@Nullable Instant then) {
        return then == null ? 0 : Math.max(0, Duration.between(then, now).toMillis() / 1000.0);
    }
}
