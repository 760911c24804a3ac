package io.scalable.client.inspect;

import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds what workers have written. */
final class WorkerLogs {

    private WorkerLogs() {}

    /** The log of {@code worker} in the first of {@code folders} that has it. */
    static Optional<WorkerLog> file(List<Path> folders, String worker) {
        return folders.stream()
                .map(folder -> folder.resolve(worker + ".log").normalize())
                .filter(file -> folders.contains(file.getParent()) && Files.isRegularFile(file))
                .findFirst()
                .map(file -> new WorkerLog(file, null));
    }

    /** What a worker that failed wrote last, as its provider has said. */
    static Optional<WorkerLog> lastLines(List<WorkerLifecycle> events, String worker) {
        return events.stream()
                .filter(WorkerFailed.class::isInstance)
                .map(WorkerFailed.class::cast)
                .filter(event -> event.workerId().equals(worker) && event.log() != null)
                .reduce((_, last) -> last)
                .map(event -> new WorkerLog(null, event.log()));
    }
}
