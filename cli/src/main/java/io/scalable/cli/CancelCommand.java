package io.scalable.cli;

import io.scalable.client.inspect.Cancellation;
import io.scalable.client.inspect.DeploymentSource;
import io.scalable.client.inspect.DeploymentView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops all that is left of a run. */
@Command(
        name = "cancel",
        description = {
            "Cancel every task of a run or deployment that has not ended.",
            "A run ends with it; a deployment lives on and takes further tasks (undeploy ends it)."
        })
final class CancelCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The run's or deployment's id.")
    String id;

    @Option(names = "--drain", description = "Let what runs finish.")
    boolean drain;

    @Mixin SourceOptions sources;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (DeploymentSource source = sources.open()) {
            DeploymentView found = sources.find(source, id);
            source.cancel(
                    found.id(),
                    new Cancellation(
                            List.of(), !drain, drain ? "drained by hand" : "cancelled by hand"));
            Output.of(spec)
                    .one(
                            List.of("asked to " + (drain ? "drain " : "cancel ") + found.id()),
                            Map.of("cancelled", List.of(found.id())),
                            found.id());
        }
        return ExitStatus.OK;
    }
}
