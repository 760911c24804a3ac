package io.scalable.client.run;

import io.scalable.contracts.storage.AttemptFiles;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code failures.jsonl}: one failed attempt.
 *
 * @param taskId the task
 * @param task its name
 * @param component the pool's component
 * @param index the item's place among the tasks of the same name
 * @param attempt which attempt failed, from 1; 0 if the task failed before any was leased
 * @param gaveUp true if the task failed with it, false if it was tried again
 * @param worker the worker, known for the attempt that the task failed with
 * @param failure why
 * @param log the file with the attempt's standard error; null if there is none at hand
 */
public record FailureRecord(
        String taskId,
        String task,
        String component,
        int index,
        int attempt,
        boolean gaveUp,
        @Nullable String worker,
        Failure failure,
        @Nullable String log) {

    /** The failed attempts of a task, oldest first; none for a task without failures. */
    static List<FailureRecord> of(TaskResult result, URI storage) {
        boolean failed =
                result.state() == TaskState.FAILED || result.state() == TaskState.DEAD_LETTERED;
        var out = new ArrayList<FailureRecord>();
        for (int i = 0; i < result.failures().size(); i++) {
            int attempt = Math.min(i + 1, result.attempts());
            boolean last = failed && i == result.failures().size() - 1;
            out.add(
                    new FailureRecord(
                            result.taskId(),
                            result.task(),
                            result.component(),
                            result.index(),
                            attempt,
                            last,
                            last ? result.workerId() : null,
                            result.failures().get(i),
                            log(storage, result, attempt)));
        }
        return out;
    }

    /** The same failure of a task that is run again in another life of the run. */
    FailureRecord triedAgain(String before, String after) {
        return new FailureRecord(
                RunRecord.id(taskId, before, after),
                task,
                component,
                index,
                attempt,
                false,
                worker,
                failure,
                log);
    }

    private static @Nullable String log(URI storage, TaskResult result, int attempt) {
        if (!"file".equals(storage.getScheme())) {
            return null;
        }
        Path file =
                Path.of(storage)
                        .resolve(AttemptFiles.log(result.task(), result.index(), attempt, "err"));
        return Files.isRegularFile(file) ? file.toString() : null;
    }
}
