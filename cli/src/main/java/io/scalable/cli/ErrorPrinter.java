package io.scalable.cli;

import io.scalable.client.run.NoSuchRunException;
import io.scalable.client.run.RunException;
import io.scalable.contracts.FileProblem;
import io.scalable.manifest.ManifestException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in plain words what went wrong; a stack trace only for those who ask for it. */
final class ErrorPrinter implements IExecutionExceptionHandler {

    /** The environment variable that asks for stack traces. */
    private static final String DEBUG = "SCALABLE_DEBUG";

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        switch (e) {
            case UncheckedIOException io -> err.println("scalable: " + FileProblem.describe(io));
            case ManifestException manifest -> err.println(manifest.getMessage());
            case UserException user -> err.println("scalable: " + user.getMessage());
            case NoSuchRunException missing -> err.println("scalable: " + missing.getMessage());
            case RunException run -> err.println("scalable: " + run.getMessage());
            case IOException io -> err.println("scalable: " + FileProblem.describe(io));
            default -> {
                err.println("scalable: unexpected " + e);
                if (System.getenv(DEBUG) == null) {
                    err.println("This is a fault of Scalable; " + DEBUG + "=1 shows where it is.");
                } else {
                    e.printStackTrace(err);
                }
            }
        }
        err.flush();
        return e instanceof UsageException ? ExitStatus.USAGE : ExitStatus.FAILED;
    }
}
