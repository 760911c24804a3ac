package io.scalable.cli;

import io.scalable.client.host.HostedProviders;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.kafka.ProviderLoop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Services whose deployment gets its workers from this process: the user's files and jars are here,
 * and Slurm takes jobs from the user alone.
 */
final class HostingServices implements Services {

    private final Services services;
    private final ProviderLoop workers;

    private HostingServices(Services services, ProviderLoop workers) {
        this.services = services;
        this.workers = workers;
    }

    /**
     * Hosts the workers of {@code deployment} beside {@code services}, which end with it.
     *
     * @param workDir where workers' settings and logs go
     * @param shared what workers on other machines need
     * @param progress hears of what takes seconds
     */
    static HostingServices host(
            Services services,
            DeploymentSpec deployment,
            ProviderLoop.From from,
            Path workDir,
            Path shared,
            Consumer<String> progress)
            throws IOException {
        List<String> jvm =
                StartCache.find().map(c -> List.of("-XX:AOTCache=" + c)).orElse(List.of());
        var providers =
                HostedProviders.of(
                        deployment.target(), services.kafka(), workDir, shared, jvm, progress);
        var loop = ProviderLoop.start(services.kafka(), deployment.providerHost(), from, providers);
        return new HostingServices(services, loop);
    }

    @Override
    public Map<String, String> kafka() {
        return services.kafka();
    }

    @Override
    public Optional<URI> page(String deploymentId) {
        return services.page(deploymentId);
    }

    @Override
    public void onLoss(Consumer<String> action) {
        workers.onLoss(action);
        services.onLoss(action);
    }

    @Override
    public void leave() {
        workers.close();
        services.leave();
    }

    @Override
    public void close() {
        workers.close();
        services.close();
    }
}
