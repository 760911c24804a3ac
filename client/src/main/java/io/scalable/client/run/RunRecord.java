package io.scalable.client.run;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.util.List;
import java.util.Set;

/**
 * What a run folder says of a run that is gone on with.
 *
 * @param tasks those that ended
 * @param failures their failed attempts
 * @param workers what was said of workers, oldest first
 * @param plans the plans on record, oldest first
 */
record RunRecord(
        List<TaskRecord> tasks,
        List<FailureRecord> failures,
        List<WorkerLifecycle> workers,
        List<ScalePlan> plans) {

    RunRecord {
        tasks = List.copyOf(tasks);
        failures = List.copyOf(failures);
        workers = List.copyOf(workers);
        plans = List.copyOf(plans);
    }

    /** Nothing: a run that begins. */
    static RunRecord none() {
        return new RunRecord(List.of(), List.of(), List.of(), List.of());
    }

    /**
     * The same for another life of the run: only what succeeded stays, no failure was final, and
     * the ids are those of the new deployment.
     *
     * @param failedOnly true keeps what was cancelled, too, and what was skipped for it
     */
    RunRecord goneOnWith(String before, String after, boolean failedOnly) {
        Set<String> out = failedOnly ? LeftOut.of(tasks) : Set.of();
        return new RunRecord(
                tasks.stream()
                        .filter(
                                task ->
                                        task.state() == TaskState.SUCCEEDED
                                                || out.contains(task.taskId()))
                        .filter(task -> KnownTasks.isThere(task.result()))
                        .map(task -> task.in(before, after))
                        .toList(),
                failures.stream().map(failure -> failure.triedAgain(before, after)).toList(),
                workers,
                plans);
    }

    /** The id of a task of deployment {@code before}, or of all of a name, in another life. */
    static String id(String id, String before, String after) {
        return id.startsWith(before + "/") ? after + id.substring(before.length()) : id;
    }
}
