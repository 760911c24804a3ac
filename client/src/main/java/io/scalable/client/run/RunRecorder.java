package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run's books: which tasks are left, what is written to the run folder, how far the run is.
 * The first result of a task counts, the first plan of a generation. Not thread-safe.
 */
final class RunRecorder {

    private final String deploymentId;
    private final URI storage;
    private final RunFolder folder;
    private final ProgressTracker progress;
    private final WorkerTally workers = new WorkerTally();
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<WorkerLifecycle> known = new HashSet<>();
    private final Map<TaskState, Integer> states = new EnumMap<>(TaskState.class);
    private final List<FailureRecord> failures = new ArrayList<>();
    private long generation;

    /** What is kept of a task until it ends; its input may be large. */
    private record Pending(String task, String component, int index, List<String> needs) {}

    /**
     * @param before what is on record of a run that is resumed
     */
    RunRecorder(DeploymentSpec spec, RunFolder folder, RunRecord before) {
        this.deploymentId = spec.deploymentId();
        this.storage = spec.storage();
        this.folder = folder;
        this.progress = new ProgressTracker(spec);
        for (ScalePlan plan : before.plans()) {
            // Another deployment counts its own generations.
            if (plan.deploymentId().equals(deploymentId)) {
                progress.planned(plan);
                generation = plan.generation();
            }
        }
        for (TaskRecord task : before.tasks()) {
            if (ended.add(task.taskId())) {
                progress.submitted(task.component());
                progress.ended(task.component(), task.state(), task.durationSeconds());
                states.merge(task.state(), 1, Integer::sum);
            }
        }
        before.failures().stream().filter(FailureRecord::gaveUp).forEach(failures::add);
        for (WorkerLifecycle event : before.workers()) {
            if (known.add(event)) {
                workers.add(event);
            }
        }
        ScalePlan first = spec.initialPlan();
        if (first != null && generation == 0) {
            // What is wished: decided it is when the planner says so, and perhaps otherwise.
            progress.planned(first);
        }
    }

    void submitted(SubmitTask task, String component) {
        if (!ended.contains(task.taskId())
                && pending.put(
                                task.taskId(),
                                new Pending(task.task(), component, task.index(), task.needs()))
                        == null) {
            progress.submitted(component);
        }
    }

    /** True if this is the task's first result. */
    boolean ended(TaskResult result) {
        if (!ended.add(result.taskId())) {
            return false;
        }
        Pending known = pending.remove(result.taskId());
        if (known == null) {
            progress.submitted(result.component());
        }
        progress.ended(result.component(), result.state(), result.durationSeconds());
        states.merge(result.state(), 1, Integer::sum);
        folder.tasks().append(TaskRecord.of(result, known == null ? List.of() : known.needs()));
        for (FailureRecord failure : FailureRecord.of(result, storage)) {
            folder.failures().append(failure);
            if (failure.gaveUp()) {
                failures.add(failure);
            }
        }
        return true;
    }

    void observed(PoolDemand demand) {
        progress.observed(demand);
        folder.observations().append(demand);
    }

    void requested(ScaleRequested request) {
        folder.requests().append(request);
    }

    /** True if the plan is newer than all before. */
    boolean planned(ScalePlan plan) {
        if (plan.generation() <= generation) {
            return false;
        }
        generation = plan.generation();
        progress.planned(plan);
        folder.decisions().append(plan);
        return true;
    }

    /** True if it was not said before. */
    boolean worker(WorkerLifecycle event) {
        if (!known.add(event)) {
            return false;
        }
        workers.add(event);
        folder.workers().append(event);
        return true;
    }

    /** Writes a line for every task that nothing was heard of, as cancelled. */
    void abandon(String reason, Instant at, Consumer<TaskResult> told) {
        for (Map.Entry<String, Pending> left : List.copyOf(pending.entrySet())) {
            Pending task = left.getValue();
            var result =
                    new TaskResult(
                            deploymentId,
                            left.getKey(),
                            task.task(),
                            task.component(),
                            task.index(),
                            TaskState.CANCELLED,
                            0,
                            null,
                            null,
                            List.of(),
                            reason,
                            null,
                            null,
                            at,
                            null);
            if (ended(result)) {
                told.accept(result);
            }
        }
    }

    /** Ids of submitted tasks that have not ended, at most {@code most}. */
    List<String> missing(int most) {
        return pending.keySet().stream().limit(most).toList();
    }

    /** How many submitted tasks have not ended. */
    int pending() {
        return pending.size();
    }

    int count(TaskState state) {
        return states.getOrDefault(state, 0);
    }

    /** The failures that tasks ended with, in the order heard. */
    List<FailureRecord> failures() {
        return List.copyOf(failures);
    }

    WorkerTally workers() {
        return workers;
    }

    RunProgress progress(Instant now) {
        return progress.progress(now);
    }

    /** True if the services say that nothing is left to do. */
    boolean idle() {
        return progress.idle();
    }

    /** See {@link ProgressTracker#withoutWorkers()}. */
    @Nullable String withoutWorkers() {
        return progress.withoutWorkers();
    }

    void flush() {
        folder.flush();
    }
}
