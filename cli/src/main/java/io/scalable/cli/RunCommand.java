package io.scalable.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs a manifest's tasks to their end, with the broker and all services in this JVM, or on those
 * that {@code --bootstrap} names.
 */
@Command(
        name = "run",
        description = {
            "Run a manifest's tasks and report.",
            "The first Ctrl-C lets running tasks finish and starts no others; the second stops at"
                    + " once."
        })
final class RunCommand implements Callable<Integer> {

    @Mixin ManifestOptions manifest;
    @Mixin DriveOptions drive;

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description = "Go on with a run that did not succeed, as retry does.")
    @Nullable String resume;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (resume != null) {
            if (manifest.target != null) {
                throw new UsageException("--resume keeps the run's own target; leave --target out");
            }
            return RetryCommand.resume(spec, drive, resume, manifest.overlay, false);
        }
        var launcher =
                new RunLauncher(drive, manifest.messages(), RunEndPrinter.of(spec, drive.runs));
        return launcher.start(
                manifest.resolve(),
                manifest.file,
                manifest.set,
                manifest.objective,
                manifest.policy);
    }
}
