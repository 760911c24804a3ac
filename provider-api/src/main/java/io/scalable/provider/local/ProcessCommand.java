package io.scalable.provider.local;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.provider.worker.WorkerJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a worker process. Pure. */
final class ProcessCommand {

    /** The worker ends itself when its standard input closes, which this JVM's end does. */
    static final String ENDS_WITH_STDIN = "-Dscalable.worker.ends-with-stdin=true";

    /**
     * A terminal's Ctrl-C reaches every process in its foreground; what it means is the run's to
     * decide, so workers do not hear it. The words after the script are the command.
     */
    private static final List<String> WITHOUT_INTERRUPTS =
            List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "scalable-worker");

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
        var options = new ArrayList<String>();
        options.add(ENDS_WITH_STDIN);
        options.addAll(jvmOptions);
        var command = new ArrayList<String>(WITHOUT_INTERRUPTS);
        command.addAll(
                WorkerJvm.command(
                        java.toString(), component, options, classpath, mainClass, config));
        return List.copyOf(command);
    }
}
