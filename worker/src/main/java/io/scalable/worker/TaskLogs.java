package io.scalable.worker;

import io.scalable.contracts.storage.AttemptFiles;
import io.scalable.contracts.storage.Storages;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where standard output and error of attempts are kept: as files of the deployment's storage where
 * that is a folder; else in temporary files that are stored when the attempt ends. {@link #hold}
 * keeps what is printed meanwhile from filling a disk. Thread-safe.
 */
final class TaskLogs {

    /** How long a log may grow unseen. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private final URI base;
    private final Storages storages;
    private final Set<AttemptLogs> open = ConcurrentHashMap.newKeySet();

    TaskLogs(URI base, Storages storages) {
        this.base = base;
        this.storages = storages;
    }

    /** Logs under {@code base}, with every storage there is. */
    static TaskLogs at(URI base) {
        return new TaskLogs(base, Storages.here());
    }

    /** The logs of an attempt; files are made when something is written, none is there before. */
    AttemptLogs of(LeaseGranted lease) {
        AttemptLogs logs = at(lease);
        logs.forgetOlder();
        open.add(logs);
        return logs;
    }

    /** To be called every {@link #PERIOD}: cuts the logs of attempts that print very much. */
    void hold() {
        open.removeIf(AttemptLogs::closed);
        open.forEach(AttemptLogs::hold);
    }

    private AttemptLogs at(LeaseGranted lease) {
        if ("file".equals(base.getScheme())) {
            Path root = Path.of(base);
            return new AttemptLogs(
                    root.resolve(name(lease, "out")), root.resolve(name(lease, "err")), _ -> {});
        }
        Path folder = temporaryFolder();
        return new AttemptLogs(
                folder.resolve("out"), folder.resolve("err"), logs -> store(lease, folder, logs));
    }

    private void store(LeaseGranted lease, Path folder, AttemptLogs logs) throws IOException {
        // A stopped attempt's logs are wanted most: what stops its thread must not stop these.
        boolean interrupted = Thread.interrupted();
        try {
            put(name(lease, "out"), logs.out());
            put(name(lease, "err"), logs.err());
        } finally {
            Files.deleteIfExists(logs.out());
            Files.deleteIfExists(logs.err());
            Files.deleteIfExists(folder);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String name(LeaseGranted lease, String stream) {
        return AttemptFiles.log(lease.task(), lease.index(), lease.attempt(), stream);
    }

    private void put(String name, Path file) throws IOException {
        if (Files.exists(file)) {
            URI unused = storages.of(base).put(base, name, file);
        }
    }

    private static Path temporaryFolder() {
        try {
            return TemporaryFolder.here().folder("scalable-logs-");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot keep what the task prints: " + e.getMessage(), e);
        }
    }
}
