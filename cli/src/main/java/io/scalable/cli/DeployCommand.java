package io.scalable.cli;

import io.scalable.client.DeploymentPrices.PricedDeployment;
import io.scalable.client.host.HostedProviders;
import io.scalable.client.host.RemoteBundle;
import io.scalable.client.host.SharedPlaces;
import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.run.ProviderHosts;
import io.scalable.client.run.RunHistory;
import io.scalable.contracts.Ids;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.topic.Topics;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            "Its workers are launched by a provider host on the brokers; tasks are submitted by any"
                    + " program, see docs/events.md. The manifest's own tasks are not submitted.",
            "Without --bootstrap it goes to the control plane that up keeps running in this folder."
        })
final class DeployCommand implements Callable<Integer> {

    /** Where the compose stack's workers see ./work. */
    private static final String COMPOSE_FOLDER = "/work";

    @Mixin ManifestOptions manifest;
    @Mixin BrokerOptions brokers;
    @Mixin PriceOptions prices;
    @Mixin RunsOptions runs;

    @Option(
            names = "--name",
            paramLabel = "ID",
            description = "The deployment's id; one that lives is replaced (default: a new one).")
    @Nullable String name;

    @Option(
            names = "--provider-host",
            paramLabel = "H",
            description =
                    "The provider host that launches workers (default: the one that lives there and"
                            + " has the target's provider).")
    @Nullable String host;

    @Option(
            names = "--no-check",
            description =
                    "Publish although no such provider host is heard of: it will be there later.")
    boolean unchecked;

    @Option(
            names = "--directory",
            paramLabel = "D",
            description =
                    "The tasks' working directory, where the workers are (default: the manifest's"
                            + " folder; for workers of the compose stack /work, which it mounts"
                            + " from ./work).")
    @Nullable String directory;

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
        Ids.whyNoDeploymentId(id)
                .ifPresent(
                        why -> {
                            throw new UserException(why);
                        });
        SharedPlaces places = SharedPlaces.of(resolved, runs.runs().folder());
        SharedPlaces.warning(resolved).ifPresent(warning -> manifest.warn(List.of(warning)));
        manifest.warn(checked(resolved));
        // What is wrong with prices is told before anybody is asked.
        PricedDeployment unused = prices.price(planned(resolved, id, now, "check", places));
        Map<String, String> kafka = kafka(resolved);
        DeploymentSpec deployment =
                planned(resolved, id, now, providerHost(resolved, kafka), places);
        PricedDeployment priced =
                prices.price(new RunHistory(runs.runs()).inform(deployment, Set.of()));
        manifest.warn(priced.warnings());
        if (storage == null && HostedProviders.isCloud(resolved.provider())) {
            places.reach(id);
        }
        DeploymentSpec open =
                RemoteBundle.sent(priced.deployment(), resolved, places, manifest::tell);
        BrokerOptions.deployments(kafka).publish(open);
        tell(open);
        return 0;
    }

    /** Tasks that are never submitted must not be planned for. */
    private DeploymentSpec planned(
            ResolvedManifest resolved, String id, Instant now, String chosen, SharedPlaces places) {
        Path folder = folder(resolved, chosen);
        URI kept =
                storage != null
                        ? storage
                        : HostedProviders.isCloud(resolved.provider())
                                ? places.storage(id)
                                : storageIn(folder, id);
        DeploymentSpec deployment =
                resolved.deployment(
                        new DeploymentRequest(
                                id, now, chosen, kept, manifest.objective, manifest.policy));
        return deployment
                .withWork(deployment.components(), List.of())
                .withDirectory(folder.toString());
    }

    /**
     * The host that launches the workers.
     *
     * @throws UserException if none does, unless that was to be left open
     */
    private String providerHost(ResolvedManifest resolved, Map<String, String> kafka) {
        String provider = resolved.provider();
        if (unchecked) {
            return host == null ? HostChoice.COMPOSE : host;
        }
        var seen =
                ProviderHosts.living(
                        kafka,
                        BrokerOptions.PATIENCE,
                        hosts -> HostChoice.isClear(host, provider, hosts));
        return switch (HostChoice.of(host, provider, seen)) {
            case HostChoice.Chosen(String chosen) -> chosen;
            case HostChoice.Refused(String words) -> throw new UserException(words);
        };
    }

    private Map<String, String> kafka(ResolvedManifest resolved) throws IOException {
        Map<String, String> kafka = brokers.kafka(resolved);
        return kafka.isEmpty() ? brokers.kafka() : kafka;
    }

    private Path folder(ResolvedManifest resolved, String chosen) {
        String given =
                directory != null
                        ? directory
                        : chosen.equals(HostChoice.COMPOSE) ? COMPOSE_FOLDER : null;
        Path folder = given == null ? resolved.directory() : Path.of(given);
        return folder.toAbsolutePath().normalize();
    }

    /** With a slash at its end: the folder need not be on this machine. */
    static URI storageIn(Path folder, String id) {
        String place = folder.resolve(".scalable").resolve(id).toUri().toString();
        return URI.create(place.endsWith("/") ? place : place + "/");
    }

    private void tell(DeploymentSpec open) {
        String id = open.deploymentId();
        Output.of(spec)
                .one(
                        List.of(
                                "deployed " + id + " with the pools " + pools(open),
                                "  launched by          provider host " + open.providerHost(),
                                "  submit tasks to      "
                                        + Topics.TASKS
                                        + " with deploymentId "
                                        + id,
                                "  their results are on " + Topics.results(id),
                                "  end it with          "
                                        + CommandName.here()
                                        + " undeploy "
                                        + id
                                        + brokers.said()),
                        DeploymentView.living(open),
                        id);
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
