package io.scalable.provider.local;

import io.scalable.contracts.CallerLocale;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.LaunchRefusedException;
import io.scalable.provider.shell.PreloadScript;
import io.scalable.provider.worker.WorkerConfigs;
import io.scalable.provider.worker.WorkerFiles;
import io.scalable.provider.worker.WorkerJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts workers as processes, on the JDK of this JVM. */
final class ProcessLauncher implements LocalLauncher {

    private static final Path BASH = Path.of("/bin/bash");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** The worker ends itself when its standard input closes, which this JVM's end does. */
    private static final String ENDS_WITH_STDIN = "-Dscalable.worker.ends-with-stdin=true";

    /**
     * A terminal's Ctrl-C and its end reach every process in its foreground; what they mean is the
     * run's to decide, so workers do not hear them.
     */
    private static final String DEAF = "trap '' INT HUP\n";

    /** The words after the script are the command. */
    private static final String BECOME = "exec \"$@\"";

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
        } catch (IOException | IllegalArgumentException e) {
            files.forget();
            throw new LaunchRefusedException(
                    "worker " + order.workerId() + " cannot be started: " + e.getMessage(), e);
        }
    }

    private ProcessBuilder builder(LaunchOrder order, WorkerFiles files) throws IOException {
        var options = new ArrayList<String>(settings.jvmOptions());
        options.add(ENDS_WITH_STDIN);
        options.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        List<String> words =
                LocalImages.command(
                                order.deployment(),
                                order.component(),
                                settings,
                                options,
                                mainClass,
                                files.config())
                        .orElseGet(
                                () ->
                                        WorkerJvm.command(
                                                JAVA.toString(),
                                                order.component(),
                                                options,
                                                settings.classpath(),
                                                mainClass,
                                                files.config()));
        String preload = order.component().preloadScript();
        String script = DEAF + (preload == null ? "" : PreloadScript.lines(preload)) + BECOME;
        var command = new ArrayList<String>(List.of(shell(preload), "-c", script, "worker"));
        command.addAll(words);
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(files.log().toFile());
        CallerLocale.speakUtf8(builder.environment());
        CallerLocale.putAllButLocale(builder.environment(), order.component().env());
        return builder;
    }

    /** Whoever writes a preload script writes for bash, which batch systems run it by. */
    private static String shell(@Nullable String preload) {
        return preload != null && Files.isExecutable(BASH) ? BASH.toString() : "/bin/sh";
    }
}
