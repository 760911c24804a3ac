package io.scalable.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** Where the JVM begins. Quarkus is started only by the commands that need the services. */
@QuarkusMain
public final class Main {

    private Main() {}

    /**
     * Runs the command that {@code args} name and ends the JVM with its exit status. It is halted:
     * a command has put away what it wants to keep, and a {@link Standalone} needs no orderly stop.
     */
    public static void main(String... args) {
        int status = commandLine().execute(args);
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }

    static CommandLine commandLine() {
        return new CommandLine(new ScalableCommand())
                .setExecutionExceptionHandler(new ErrorPrinter())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
