package io.scalable.telemetry.log;

import io.scalable.contracts.storage.AttemptFiles;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.WorkerHistory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has written: its own last words if it failed, and what its newest tasks print, as
 * far as the deployment's storage is a folder that this machine sees.
 */
public final class WorkerLogs {

    private static final int MOST_BYTES = 16 * 1024;

    private WorkerLogs() {}

    /**
     * The ends of the logs, the worker's own first, then its tasks' in the order given.
     *
     * @param tasks that the worker has or had
     */
    public static List<LogTail> of(
            DeploymentHistory deployment, WorkerHistory worker, List<TaskHistory> tasks) {
        var tails = new ArrayList<LogTail>();
        String lastWords = worker.log();
        if (lastWords != null) {
            tails.add(new LogTail("last words of " + worker.workerId(), lastWords, false));
        }
        Path folder = folder(deployment.storage());
        if (folder != null) {
            tasks.forEach(task -> tails.addAll(of(folder, task)));
        }
        return tails;
    }

    private static List<LogTail> of(Path folder, TaskHistory task) {
        var tails = new ArrayList<LogTail>();
        for (String stream : List.of("out", "err")) {
            Path file =
                    folder.resolve(
                            AttemptFiles.log(task.task(), task.index(), task.attempt(), stream));
            if (Files.isRegularFile(file)) {
                try {
                    tails.add(FileTail.read(title(task, stream), file, MOST_BYTES));
                } catch (IOException e) {
                    tails.add(new LogTail(title(task, stream), "cannot be read: " + e, false));
                }
            }
        }
        return tails;
    }

    private static String title(TaskHistory task, String stream) {
        return task.taskId() + ", attempt " + task.attempt() + ", std" + stream;
    }

    private static @Nullable Path folder(@Nullable URI storage) {
        return storage != null && "file".equals(storage.getScheme()) ? Path.of(storage) : null;
    }
}
