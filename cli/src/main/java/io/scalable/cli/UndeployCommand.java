package io.scalable.cli;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.manifest.Nearest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a deployment that lives. */
@Command(
        name = "undeploy",
        description = "End a deployment: stop its tasks, let its workers go, delete its topics.")
final class UndeployCommand implements Callable<Integer> {

    private static final Duration LEAVE = Duration.ofSeconds(30);

    @Parameters(paramLabel = "ID", description = "The deployment.")
    String id;

    @Mixin BrokerOptions brokers;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var deployments = brokers.deployments();
        Map<String, DeploymentSpec> living = deployments.living();
        DeploymentSpec found = living.get(id);
        if (found == null) {
            throw new UserException(unknown(living));
        }
        List<String> left = deployments.end(found, LEAVE);
        var lines = new ArrayList<>(List.of("undeployed " + id));
        if (!left.isEmpty()) {
            lines.add(
                    "still there after %d s: %s; see provider host %s"
                            .formatted(
                                    LEAVE.toSeconds(),
                                    String.join(", ", left),
                                    found.providerHost()));
        }
        Output.of(spec).one(lines, Map.of("undeployed", id, "workers_left", left), id);
        return ExitStatus.of(left.isEmpty());
    }

    private String unknown(Map<String, DeploymentSpec> living) {
        if (living.isEmpty()) {
            return "no deployment lives there, and so not '" + id + "'";
        }
        List<String> nearest = Nearest.closest(id, living.keySet(), 1);
        return "no deployment '"
                + id
                + "' lives there; "
                + (nearest.isEmpty()
                        ? "these do: " + String.join(", ", living.keySet())
                        : "did you mean '" + nearest.getFirst() + "'?");
    }
}
