package io.scalable.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** Where the JVM begins. Quarkus is started only by the commands that need the services. */
@QuarkusMain
public final class Main {

    private Main() {}

    /** Runs the command that {@code args} name and ends the JVM with its exit status. */
    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ScalableCommand())
                .setExecutionExceptionHandler(new ErrorPrinter())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
