package io.scalable.worker;

import io.scalable.contracts.storage.AttemptFiles;
import io.scalable.contracts.storage.Storage;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Where standard output and error of attempts are kept: as files of the deployment's storage where
 * that is a folder; else in temporary files that are stored when the attempt ends. Thread-safe.
 */
final class TaskLogs {

    private final URI base;
    private final List<Storage> storages;

    TaskLogs(URI base, List<Storage> storages) {
        this.base = base;
        this.storages = List.copyOf(storages);
    }

    /** Logs under {@code base}, with every storage there is. */
    static TaskLogs at(URI base) {
        var all = new ArrayList<Storage>();
        ServiceLoader.load(Storage.class, TaskLogs.class.getClassLoader()).forEach(all::add);
        return new TaskLogs(base, all);
    }

    /** The logs of an attempt; files are made when something is written. */
    AttemptLogs of(LeaseGranted lease) {
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
        put(name(lease, "out"), logs.out());
        put(name(lease, "err"), logs.err());
        Files.delete(folder);
    }

    private static String name(LeaseGranted lease, String stream) {
        return AttemptFiles.log(lease.task(), lease.index(), lease.attempt(), stream);
    }

    private void put(String name, Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Storage storage =
                storages.stream()
                        .filter(s -> s.serves(base))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no storage serves " + base));
        URI unused = storage.put(base, name, Files.readAllBytes(file));
        Files.delete(file);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("scalable-logs-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep what the task prints", e);
        }
    }
}
