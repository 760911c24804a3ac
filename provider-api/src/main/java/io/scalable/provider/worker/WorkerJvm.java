package io.scalable.provider.worker;

import io.scalable.contracts.JvmOptions;
import io.scalable.contracts.deployment.ComponentSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java command of a worker process. Pure. */
public final class WorkerJvm {

    /** The program that a worker process runs. */
    public static final String MAIN = "io.scalable.worker.WorkerMain";

    private static final double HEAP_SHARE = 0.8;
    private static final long LEAST_HEAP_MIB = 64;
    private static final long MIB = 1024 * 1024;

    private WorkerJvm() {}

    /**
     * The words of the command.
     *
     * @param java the java program
     * @param options further options of the JVM
     * @param classpath in Java's own notation
     * @param config the file that the worker reads its settings from
     */
    public static List<String> command(
            String java,
            ComponentSpec component,
            List<String> options,
            String classpath,
            String mainClass,
            Path config) {
        var command = new ArrayList<String>();
        command.add(java);
        command.add("-Xmx" + heapMib(component.memoryBytes()) + "m");
        command.add("-Xms16m");
        command.add("-XX:ActiveProcessorCount=" + Math.max(1, (int) Math.ceil(component.cpus())));
        command.add("-Djava.awt.headless=true");
        command.addAll(JvmOptions.every());
        command.addAll(options);
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
}
