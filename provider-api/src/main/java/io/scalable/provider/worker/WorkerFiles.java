package io.scalable.provider.worker;

import io.scalable.contracts.FileProblem;
import io.scalable.contracts.Json;
import io.scalable.worker.WorkerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files of one worker process, side by side in {@code <workDir>/workers}.
 *
 * @param config its settings with the broker's secret, readable by their owner alone
 * @param ready made by the worker once it takes leases
 * @param log what it writes
 */
public record WorkerFiles(Path config, Path ready, Path log) {

    /** The files of worker {@code workerId}; makes none. */
    public static WorkerFiles in(Path workDir, String workerId) {
        Path folder = workDir.resolve("workers");
        return new WorkerFiles(
                folder.resolve(workerId + ".json"),
                folder.resolve(workerId + ".ready"),
                folder.resolve(workerId + ".log"));
    }

    /** Writes the settings, for their owner alone. */
    public void write(WorkerConfig settings) throws IOException {
        Files.createDirectories(config.getParent());
        forget();
        Files.createFile(config, ownerOnly());
        Files.write(config, Json.mapper().writeValueAsBytes(settings));
    }

    /** True once the worker takes leases. */
    public boolean isReady() {
        return Files.exists(ready);
    }

    /** The log's last lines. */
    public String logTail() {
        try {
            return LogTail.of(log);
        } catch (IOException e) {
            return "(no log: " + FileProblem.reason(e) + ")";
        }
    }

    /** Removes all but the log. */
    public void forget() {
        try {
            Files.deleteIfExists(config);
            Files.deleteIfExists(ready);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove a worker's files: " + FileProblem.describe(e), e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
