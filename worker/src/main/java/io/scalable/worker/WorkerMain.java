package io.scalable.worker;

import io.scalable.contracts.CallerLocale;
import io.scalable.contracts.FileProblem;
import io.scalable.contracts.Json;
import io.scalable.contracts.storage.Storages;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker process. Its one argument is a file with the {@link WorkerConfig} as JSON, which only
 * its owner may read: it holds the broker's secret. Exits with 0 after a drain, its deployment's
 * end or a signal to end, with 1 and one line on standard error if it fails. SIGTERM, SIGINT and
 * SIGHUP let it retire ({@link Worker#retire}), a second one cuts short what runs. Once it takes
 * leases it makes a file beside the configuration, {@code x.ready} for {@code x.json}.
 *
 * <p>With the argument {@code env} the configuration is a {@link RemoteConfig} in the environment;
 * what it names is fetched first, and no file is made.
 *
 * <p>The environment variable {@code SCALABLE_ENDS_AT}, in seconds since 1970, says when its
 * allocation ends: that is known only on the node.
 */
public final class WorkerMain {

    private WorkerMain() {}

    public static void main(String[] args) {
        ProcessLogging.quiet();
        System.exit(run(args));
    }

    /** Runs a worker to its end and tells the exit status. */
    static int run(String[] args) {
        if (args.length != 1) {
            return failed("usage: WorkerMain FILE|env, the worker's configuration as JSON");
        }
        String complaint = CallerLocale.complaint();
        if (complaint != null) {
            System.getLogger(WorkerMain.class.getName()).log(Level.WARNING, complaint);
        }
        boolean remote = args[0].equals(RemoteConfig.ARGUMENT);
        WorkerConfig config;
        Optional<Path> ownFolder = Optional.empty();
        try {
            WorkerConfig given;
            if (remote) {
                RemoteSettings settings = fromEnvironment();
                given = settings.config();
                ownFolder = settings.ownFolder();
            } else {
                given = read(Path.of(args[0]));
            }
            config = inAllocation(given, System.getenv("SCALABLE_ENDS_AT"));
            checkFolders(config);
        } catch (IOException | RuntimeException e) {
            return failed("cannot read the configuration " + args[0] + ": " + FileProblem.reason(e));
        }
        Runnable whenReady = remote ? () -> {} : ReadyMarker.beside(Path.of(args[0]))::make;
        return work(config, whenReady, ownFolder);
    }

    private static int work(WorkerConfig config, Runnable whenReady, Optional<Path> ownFolder) {
        ClassLoader tasks = ClassLoader.getSystemClassLoader();
        try (var worker = new Worker(config, tasks, whenReady)) {
            Runnable end =
                    () -> {
                        worker.close();
                        ownFolder.ifPresent(RemoteCache::delete);
                    };
            Runtime.getRuntime().addShutdownHook(new Thread(end, config.workerId() + "-shutdown"));
            TerminationSignals.retire(worker);
            ParentWatch.startIfAsked();
            worker.run();
            return 0;
        } catch (WorkerFailedException e) {
            return failed(config.workerId() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            return failed(config.workerId() + ": " + e);
        }
    }

    private static RemoteSettings fromEnvironment() throws IOException {
        return RemoteSettings.of(System.getenv(), Storages.here(), TemporaryFolder.here().path());
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

    static WorkerConfig inAllocation(WorkerConfig config, @Nullable String endsAt) {
        return endsAt == null || endsAt.isEmpty()
                ? config
                : config.withEndsAt(Instant.ofEpochSecond(Long.parseLong(endsAt)));
    }

    /** What lies on a shared folder may not be there on this machine: better to say so at once. */
    private static void checkFolders(WorkerConfig config) throws IOException {
        if (!Files.isDirectory(config.directory())) {
            throw new IOException(notHere("the manifest's folder " + config.directory()));
        }
        for (Path jar : config.classpath()) {
            if (!Files.isReadable(jar)) {
                throw new IOException(notHere("the component's " + jar));
            }
        }
    }

    private static String notHere(String what) {
        return what
                + " cannot be read on "
                + HostName.get()
                + "; it must lie on a folder that this machine shares";
    }

    private static int failed(String message) {
        System.err.println("scalable worker: " + message);
        return 1;
    }
}
