package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code summary.json}: a run in numbers. Pure arithmetic over the run folder's
 * lines.
 *
 * @param run the run
 * @param seconds how long it took, seconds, without the pauses between its lives; null while it
 *     goes on
 * @param tasks how many tasks ended in which state
 * @param workers per component
 * @param scaling how often pools grew and shrank
 * @param durations of the tasks that succeeded, per task name
 * @param failedAttempts failed attempts, those that were tried again among them
 * @param cost what its workers have cost; null where they have no price
 */
public record RunSummary(
        RunInfo run,
        @Nullable Double seconds,
        Map<TaskState, Integer> tasks,
        Map<String, WorkerCounts> workers,
        ScalingEvents scaling,
        Map<String, Durations> durations,
        int failedAttempts,
        @Nullable RunCost cost) {

    public RunSummary {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        workers = Collections.unmodifiableMap(new LinkedHashMap<>(workers));
        durations = Collections.unmodifiableMap(new LinkedHashMap<>(durations));
    }

    static RunSummary of(
            RunInfo run,
            @Nullable DeploymentSpec deployment,
            List<TaskRecord> tasks,
            List<WorkerLifecycle> workers,
            List<ScalePlan> plans,
            List<FailureRecord> failures) {
        Instant finished = run.finished();
        return new RunSummary(
                run,
                run.seconds(),
                states(tasks),
                workerCounts(workers, plans, finished),
                ScalingEvents.of(Decision.changes(plans, run.started())),
                durations(tasks),
                failures.size(),
                RunCost.of(deployment, workers, plans, end(run, workers)));
    }

    /** A run that goes on has come as far as the last word on its workers. */
    private static Instant end(RunInfo run, List<WorkerLifecycle> workers) {
        Instant finished = run.finished();
        return finished != null
                ? finished
                : workers.stream()
                        .map(WorkerLifecycle::at)
                        .max(Comparator.naturalOrder())
                        .orElse(run.started());
    }

    /** How many tasks ended as {@code state}. */
    public int count(TaskState state) {
        return tasks.getOrDefault(state, 0);
    }

    private static Map<TaskState, Integer> states(List<TaskRecord> tasks) {
        var out = new EnumMap<TaskState, Integer>(TaskState.class);
        tasks.forEach(task -> out.merge(task.state(), 1, Integer::sum));
        return out;
    }

    /** A pool that was planned for stands in the list, even if it never had a worker. */
    private static Map<String, WorkerCounts> workerCounts(
            List<WorkerLifecycle> events, List<ScalePlan> plans, @Nullable Instant finished) {
        var tally = new WorkerTally();
        events.forEach(tally::add);
        var out = new LinkedHashMap<String, WorkerCounts>();
        plans.forEach(
                plan ->
                        plan.pools()
                                .forEach(
                                        pool ->
                                                out.putIfAbsent(
                                                        pool.component(),
                                                        new WorkerCounts(0, 0, 0, 0))));
        out.putAll(tally.counts(finished));
        return out;
    }

    private static Map<String, Durations> durations(List<TaskRecord> tasks) {
        var seconds = new LinkedHashMap<String, List<Double>>();
        for (TaskRecord task : tasks) {
            Double duration = task.durationSeconds();
            if (task.state() == TaskState.SUCCEEDED && duration != null) {
                seconds.computeIfAbsent(task.task(), _ -> new ArrayList<>()).add(duration);
            }
        }
        var out = new LinkedHashMap<String, Durations>();
        seconds.forEach((name, values) -> out.put(name, Durations.of(values)));
        return out;
    }
}
