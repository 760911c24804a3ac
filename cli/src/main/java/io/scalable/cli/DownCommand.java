package io.scalable.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends what {@code up} keeps running. */
@Command(
        name = "down",
        description = {
            "End the control plane that up keeps running. Its data stay for the next up.",
            "Workers elsewhere wait for it for their orphan timeout, then end."
        })
final class DownCommand implements Callable<Integer> {

    private static final Duration END = Duration.ofSeconds(30);

    @Option(
            names = "--dir",
            paramLabel = "D",
            defaultValue = KeptControlPlane.FOLDER,
            description = "The folder that up was given (default: ${DEFAULT-VALUE}).")
    Path dir;

    @Option(names = "--force", description = "Although deployments live on it.")
    boolean force;

    @Option(names = "--delete", description = "Delete its data and its secret as well.")
    boolean delete;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path folder = dir.toAbsolutePath().normalize();
        Optional<KeptControlPlane> kept = KeptControlPlane.in(folder);
        Optional<ProcessHandle> process = kept.flatMap(KeptControlPlane::process);
        if (process.isEmpty() && !delete) {
            throw new UserException("no control plane runs in " + folder);
        }
        if (process.isPresent()) {
            checkDeployments(kept.orElseThrow());
            end(process.get());
        }
        if (delete) {
            DataDirs.delete(folder);
        }
        Output.of(spec)
                .one(
                        List.of(
                                delete
                                        ? "down, and its data are deleted"
                                        : "down; its data stay in " + folder),
                        Map.of("folder", folder.toString(), "deleted", delete),
                        "");
        return ExitStatus.OK;
    }

    private void checkDeployments(KeptControlPlane kept) {
        if (force) {
            return;
        }
        Set<String> living = BrokerOptions.deployments(kept.kafka()).living().keySet();
        if (!living.isEmpty()) {
            throw new UserException(
                    "deployments live on it: "
                            + String.join(", ", living)
                            + "; end them with undeploy, or say --force");
        }
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(END.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
