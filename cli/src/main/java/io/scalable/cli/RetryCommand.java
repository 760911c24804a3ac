package io.scalable.cli;

import io.scalable.client.run.RunFolder;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.manifest.Manifests;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a run that did not succeed. */
@Command(
        name = "retry",
        description = {
            "Go on with a run that did not succeed: what succeeded is not run again, all else is.",
            "A run whose process was killed gets its workers back; one that has ended gets others."
        })
final class RetryCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The run's id (default: the run that started last).")
    @Nullable String runId;

    @Option(
            names = "--failed",
            description = "Only what failed, and what needs it: what was cancelled stays so.")
    boolean failed;

    @Option(
            names = "--overlay",
            paramLabel = "O",
            description = "The overlay that it was started with, where one was given.")
    @Nullable String overlay;

    @Mixin DriveOptions drive;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return resume(spec, drive, runId, overlay, failed);
    }

    /** The same for {@code run --resume}. */
    static int resume(
            CommandSpec spec,
            DriveOptions drive,
            @Nullable String runId,
            @Nullable String overlay,
            boolean failed)
            throws IOException {
        RunFolder found = drive.runs.find(runId);
        String id = found.info().id();
        found.driver()
                .ifPresent(
                        who -> {
                            throw new UserException("the run " + id + " goes on in " + who);
                        });
        Resumption how = Resumption.of(found);
        var launcher =
                new RunLauncher(
                        drive,
                        new Messages(spec.commandLine().getErr()),
                        RunEndPrinter.of(spec, drive.runs));
        return launcher.resume(id, resolved(found, how.deployment(), overlay), how, failed);
    }

    private static ResolvedManifest resolved(
            RunFolder found, DeploymentSpec deployment, @Nullable String overlay)
            throws IOException {
        Map<String, String> env = System.getenv();
        ResolvedManifest resolved =
                Manifests.load(
                                found.manifest(),
                                Path.of(deployment.directory()),
                                env,
                                ManifestFile.settings(found.settings()))
                        .resolve(deployment.target().name(), overlay, env);
        if (!resolved.lock().equals(found.lock())) {
            throw new UserException(
                    "the manifest of run "
                            + found.info().id()
                            + " does not read as it did; give the --overlay"
                            + " and the environment variables that it was started with");
        }
        return resolved;
    }
}
