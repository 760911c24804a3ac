package io.scalable.client.run;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.TaskCommand.KnownResult;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of a run that is gone on with: what succeeded is submitted with its result, not to be run.
 */
public final class KnownTasks {

    private KnownTasks() {}

    /**
     * The same tasks, each that succeeded with its result.
     *
     * @param tasks all tasks of the run
     * @param folder the run's
     * @throws IOException if the folder cannot be read
     */
    public static List<SubmitTask> in(RunFolder folder, List<SubmitTask> tasks) throws IOException {
        var known = new HashMap<String, TaskRecord>();
        for (TaskRecord record : folder.tasks().read()) {
            if (record.state() == TaskState.SUCCEEDED && isThere(record.result())) {
                known.put(name(record.task(), record.index()), record);
            }
        }
        return tasks.stream().map(task -> with(known, task)).toList();
    }

    /**
     * The same, without those that were cancelled and those that were skipped because they need
     * one.
     */
    public static List<SubmitTask> failedIn(RunFolder folder, List<SubmitTask> tasks)
            throws IOException {
        List<TaskRecord> records = folder.tasks().read();
        Set<String> ids = LeftOut.of(records);
        Set<String> out =
                records.stream()
                        .filter(record -> ids.contains(record.taskId()))
                        .map(record -> name(record.task(), record.index()))
                        .collect(Collectors.toSet());
        return in(folder, tasks).stream()
                .filter(task -> !out.contains(name(task.task(), task.index())))
                .toList();
    }

    private static SubmitTask with(Map<String, TaskRecord> known, SubmitTask task) {
        TaskRecord record = known.get(name(task.task(), task.index()));
        return record == null ? task : task.withKnown(result(record));
    }

    private static KnownResult result(TaskRecord record) {
        Double seconds = record.durationSeconds();
        return new KnownResult(
                Objects.requireNonNullElse(record.result(), Payload.none()),
                record.attempts(),
                Objects.requireNonNullElse(record.worker(), "before"),
                seconds == null ? 0 : seconds);
    }

    /** A result whose file was deleted is none: the task is run again. */
    static boolean isThere(@Nullable Payload result) {
        URI ref = result == null ? null : result.ref();
        return ref == null || !"file".equals(ref.getScheme()) || Files.exists(Path.of(ref));
    }

    private static String name(String task, int index) {
        return task + "/" + index;
    }
}
