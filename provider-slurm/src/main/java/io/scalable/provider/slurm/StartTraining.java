package io.scalable.provider.slurm;

import io.scalable.contracts.JvmOptions;
import io.scalable.provider.worker.WorkerFiles;
import io.scalable.worker.WorkerConfig;
import io.scalable.worker.WorkerTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes the ahead-of-time cache (JEP 514) that workers start with: a third of the processor time of
 * a start without. Made once for a Java and a class path, beside them. A worker starts without it,
 * too.
 */
final class StartTraining {

    private static final int PATIENCE_SECONDS = 60;

    private StartTraining() {}

    /**
     * Makes sure of the cache of {@code bundle}.
     *
     * @param kafka how a worker reaches the broker; may hold secrets
     * @param progress hears of what takes seconds, and of a cache that cannot be made
     */
    static void of(Bundle bundle, Map<String, String> kafka, Consumer<String> progress)
            throws IOException {
        if (Files.exists(bundle.cache())) {
            return;
        }
        progress.accept("teaching the workers' Java to start fast (once, 10 s)");
        Path home = Files.createTempDirectory(bundle.cache().getParent(), "training-");
        try {
            Path draft = home.resolve("draft.aot");
            if (succeeds(command(bundle, draft, settings(home, kafka)), home) && exists(draft)) {
                Files.move(draft, bundle.cache(), StandardCopyOption.ATOMIC_MOVE);
            } else {
                progress.accept("that did not work; workers start, slower");
            }
        } finally {
            Bundle.deleteTree(home);
        }
    }

    private static boolean exists(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) > 0;
    }

    private static List<String> command(Bundle bundle, Path cache, Path settings) {
        var command = new ArrayList<String>();
        command.add(bundle.runtime().resolve("bin/java").toString());
        command.add("-XX:AOTCacheOutput=" + cache);
        command.add("-XX:ActiveProcessorCount=1");
        command.add("-Xlog:disable");
        command.addAll(JvmOptions.every());
        command.addAll(List.of("-cp", bundle.classpath()));
        command.addAll(List.of(WorkerTraining.class.getName(), settings.toString()));
        return command;
    }

    /** The settings of a worker that does no work, for its owner's eyes only. */
    private static Path settings(Path home, Map<String, String> kafka) throws IOException {
        WorkerFiles files = WorkerFiles.in(home, "training");
        files.write(
                new WorkerConfig(
                        "training",
                        "training",
                        "training",
                        1,
                        0,
                        kafka,
                        home.toUri(),
                        home,
                        List.of(),
                        Map.of(),
                        null));
        return files.config();
    }

    private static boolean succeeds(List<String> command, Path home) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("log").toFile())
                        .start();
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }
}
