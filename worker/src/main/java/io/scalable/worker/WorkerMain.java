package io.scalable.worker;

import io.scalable.contracts.Json;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A worker process. Its one argument is a file with the {@link WorkerConfig} as JSON, which only
 * its owner may read: it holds the broker's secret. Exits with 0 after a drain or its deployment's
 * end, with 1 and one line on standard error if it fails. SIGTERM stops it at once. Once it takes
 * leases it makes a file beside the configuration, {@code x.ready} for {@code x.json}.
 */
public final class WorkerMain {

    private WorkerMain() {}

    public static void main(String[] args) {
        ProcessLogging.quiet();
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length != 1) {
            return failed("usage: WorkerMain FILE, the worker's configuration as JSON");
        }
        WorkerConfig config;
        try {
            config = read(Path.of(args[0]));
        } catch (IOException | RuntimeException e) {
            return failed("cannot read the configuration " + args[0] + ": " + e.getMessage());
        }
        var marker = ReadyMarker.beside(Path.of(args[0]));
        ClassLoader tasks = ClassLoader.getSystemClassLoader();
        try (var worker = new Worker(config, tasks, marker::make)) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(worker::close, config.workerId() + "-shutdown"));
            ParentWatch.startIfAsked();
            worker.run();
            return 0;
        } catch (WorkerFailedException e) {
            return failed(config.workerId() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            return failed(config.workerId() + ": " + e);
        }
    }

    private static WorkerConfig read(Path file) throws IOException {
        var config = Json.mapper().readValue(file.toFile(), WorkerConfig.class);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> readers = Files.getPosixFilePermissions(file);
            if (readers.contains(PosixFilePermission.OTHERS_READ)) {
                System.getLogger(WorkerMain.class.getName())
                        .log(
                                Level.WARNING,
                                file + " holds a secret and everybody may read it: chmod 600 it");
            }
        }
        return config;
    }

    private static int failed(String message) {
        System.err.println("scalable worker: " + message);
        return 1;
    }
}
