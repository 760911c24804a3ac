package io.scalable.cli;

import io.scalable.client.run.RunException;
import io.scalable.manifest.ManifestException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in plain words what went wrong; a stack trace only for what nobody foresaw. */
final class ErrorPrinter implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        switch (e) {
            case ManifestException manifest -> err.println(manifest.getMessage());
            case UserException user -> err.println("scalable: " + user.getMessage());
            case RunException run -> err.println("scalable: " + run.getMessage());
            case IOException io -> err.println("scalable: " + describe(io));
            default -> {
                err.println("scalable: unexpected " + e);
                e.printStackTrace(err);
            }
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String describe(IOException e) {
        String message = e.getMessage();
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "no such file: " + message;
            case java.nio.file.AccessDeniedException _ -> "permission denied: " + message;
            default -> message == null ? e.toString() : message;
        };
    }
}
