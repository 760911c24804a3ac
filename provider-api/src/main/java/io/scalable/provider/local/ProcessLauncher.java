package io.scalable.provider.local;

import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.LaunchRefusedException;
import io.scalable.provider.worker.WorkerConfigs;
import io.scalable.provider.worker.WorkerFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Starts workers as processes, on the JDK of this JVM. */
final class ProcessLauncher implements LocalLauncher {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final LocalSettings settings;
    private final String mainClass;
    private final Runnable changed;

    ProcessLauncher(LocalSettings settings, String mainClass, Runnable changed) {
        this.settings = settings;
        this.mainClass = mainClass;
        this.changed = changed;
    }

    @Override
    public LocalWorker launch(LaunchOrder order) {
        var files = WorkerFiles.in(settings.workDir(), order.workerId());
        try {
            files.write(WorkerConfigs.of(order, settings.kafka()));
            return ProcessWorker.start(order.workerId(), builder(order, files), files, changed);
        } catch (IOException e) {
            files.forget();
            throw new LaunchRefusedException(
                    "worker " + order.workerId() + " cannot be started: " + e.getMessage(), e);
        }
    }

    private ProcessBuilder builder(LaunchOrder order, WorkerFiles files) {
        var command =
                ProcessCommand.of(
                        JAVA,
                        order.component(),
                        settings.classpath(),
                        settings.jvmOptions(),
                        mainClass,
                        files.config());
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(files.log().toFile());
        builder.environment().putAll(order.component().env());
        return builder;
    }
}
