package io.scalable.cli;

import io.scalable.client.DeploymentPrices.PricedDeployment;
import io.scalable.client.host.HostedProviders;
import io.scalable.client.host.RemoteBundle;
import io.scalable.client.host.SharedPlaces;
import io.scalable.contracts.Ids;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.topic.Topics;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes a deployment that lives on: tasks come from anywhere, until it is undeployed. */
@Command(
        name = "deploy",
        description = {
            "Publish a manifest's components as a deployment that lives until it is undeployed.",
            "Its workers are launched by the services on the brokers; tasks are submitted by any"
                    + " program, see docs/events.md. The manifest's own tasks are not submitted."
        })
final class DeployCommand implements Callable<Integer> {

    @Mixin ManifestOptions manifest;
    @Mixin BrokerOptions brokers;
    @Mixin PriceOptions prices;

    @Option(
            names = "--name",
            paramLabel = "ID",
            description = "The deployment's id; one that lives is replaced (default: a new one).")
    @Nullable String name;

    @Option(
            names = "--provider-host",
            paramLabel = "H",
            defaultValue = "provider-local",
            description = "The service that launches workers (default: ${DEFAULT-VALUE}).")
    String host;

    @Option(
            names = "--directory",
            paramLabel = "D",
            defaultValue = "/work",
            description =
                    "The tasks' working directory, where the workers are (default:"
                            + " ${DEFAULT-VALUE}, which the compose stack mounts from ./work).")
    String directory;

    @Option(
            names = "--storage",
            paramLabel = "URI",
            description =
                    "Where large payloads and logs go, as services and workers see it (default: on"
                            + " clouds project.default_storage, else"
                            + " file:<directory>/.scalable/<id>/).")
    @Nullable URI storage;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ResolvedManifest resolved = manifest.resolve();
        Instant now = Instant.now();
        String id = name == null ? Ids.newDeploymentId(now) : name;
        if (!Ids.isDeploymentId(id)) {
            throw new UserException(
                    "a deployment's id has letters, digits, '.', '-' and '_', found: " + id);
        }
        boolean cloud = HostedProviders.isCloud(resolved.provider());
        SharedPlaces places = SharedPlaces.of(resolved, Path.of(".scalable/runs"));
        manifest.warn(checked(resolved));
        URI kept = storage != null ? storage : cloud ? places.storage(id) : here(id);
        DeploymentSpec deployment =
                resolved.deployment(
                        new DeploymentRequest(
                                id, now, host, kept, manifest.objective, manifest.policy));
        // Tasks that are never submitted must not be planned for.
        PricedDeployment priced =
                prices.price(
                        deployment
                                .withWork(deployment.components(), List.of())
                                .withDirectory(directory));
        manifest.warn(priced.warnings());
        DeploymentSpec open =
                RemoteBundle.sent(priced.deployment(), resolved, places, manifest::tell);
        BrokerOptions.deployments(kafka(resolved)).publish(open);
        PrintWriter out = spec.commandLine().getOut();
        out.println("deployed " + id + " with the pools " + pools(open));
        out.println("  submit tasks to      " + Topics.TASKS + " with deploymentId " + id);
        out.println("  their results are on " + Topics.results(id));
        out.println("  end it with          scalable undeploy " + id);
        out.flush();
        return 0;
    }

    private Map<String, String> kafka(ResolvedManifest resolved) throws IOException {
        Map<String, String> kafka = brokers.kafka(resolved);
        return kafka.isEmpty() ? brokers.kafka() : kafka;
    }

    private URI here(String id) {
        return URI.create("file://" + directory + "/.scalable/" + id + "/");
    }

    private static List<String> checked(ResolvedManifest resolved) {
        try {
            return SharedPlaces.check(resolved);
        } catch (IllegalArgumentException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
    }

    private static String pools(DeploymentSpec deployment) {
        return String.join(", ", deployment.components().stream().map(c -> c.name()).toList());
    }
}
