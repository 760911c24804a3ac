package io.scalable.provider.local;

import io.scalable.contracts.deployment.ComponentSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a worker process. Pure. */
final class ProcessCommand {

    static final String WORKER_MAIN = "io.scalable.worker.WorkerMain";

    /** The worker ends itself when its standard input closes, which this JVM's end does. */
    static final String ENDS_WITH_STDIN = "-Dscalable.worker.ends-with-stdin=true";

    /**
     * A terminal's Ctrl-C reaches every process in its foreground; what it means is the run's to
     * decide, so workers do not hear it. The words after the script are the command.
     */
    private static final List<String> WITHOUT_INTERRUPTS =
            List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "scalable-worker");

    private static final double HEAP_SHARE = 0.8;
    private static final long LEAST_HEAP_MIB = 64;
    private static final long MIB = 1024 * 1024;

    private ProcessCommand() {}

    /**
     * @param java the java program
     * @param config the file that the worker reads its settings from
     */
    static List<String> of(
            Path java,
            ComponentSpec component,
            String classpath,
            List<String> jvmOptions,
            String mainClass,
            Path config) {
        var command = new ArrayList<String>(WITHOUT_INTERRUPTS);
        command.add(java.toString());
        command.add("-Xmx" + heapMib(component.memoryBytes()) + "m");
        command.add("-Xms16m");
        command.add("-XX:ActiveProcessorCount=" + processors(component.cpus()));
        command.add("-Djava.awt.headless=true");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add(ENDS_WITH_STDIN);
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classpath);
        command.add(mainClass);
        command.add(config.toString());
        return List.copyOf(command);
    }

    /** The component's memory less what a JVM needs beside its heap. */
    private static long heapMib(long memoryBytes) {
        return Math.max(LEAST_HEAP_MIB, (long) (memoryBytes * HEAP_SHARE) / MIB);
    }

    private static int processors(double cpus) {
        return Math.max(1, (int) Math.ceil(cpus));
    }
}
