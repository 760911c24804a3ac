package io.scalable.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.scalable.contracts.CallerLocale;
import java.util.Locale;
import java.util.stream.Stream;
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
        // Under some languages (Turkish) Kafka does not find its own settings.
        Locale.setDefault(Locale.US);
        int status = run(args);
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }

    /** What could not be read is refused here: it would come out as another text. */
    private static int run(String... args) {
        String complaint = CallerLocale.complaint();
        boolean lost =
                Stream.concat(Stream.of(args), Stream.of(System.getProperty("user.dir", "")))
                        .anyMatch(text -> text.indexOf('\uFFFD') >= 0);
        if (complaint != null && lost) {
            System.err.println("scalable: " + complaint);
            return ExitStatus.USAGE;
        }
        return commandLine(args).execute(args);
    }

    /** The command line for {@code args}; for none it has all subcommands. */
    static CommandLine commandLine(String... args) {
        var root = new CommandLine(new ScalableCommand());
        Subcommands.add(root, args);
        return root.setExecutionExceptionHandler(new ErrorPrinter())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
