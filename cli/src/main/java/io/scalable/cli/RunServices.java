package io.scalable.cli;

import io.scalable.client.host.ListenAddress;
import io.scalable.client.run.RunBroker;
import io.scalable.client.run.RunFolder;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.kafka.ProviderLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings up what a run needs: broker and services in this JVM, or somebody else's, and the host of
 * its workers where the services do not launch them.
 *
 * @param folder the run's
 * @param shared what workers on other machines need
 * @param page port of the live page, 0 for a free one; null to serve none
 * @param progress hears of what takes seconds
 */
record RunServices(
        RunFolder folder, Path shared, @Nullable Integer page, Consumer<String> progress) {

    /** Broker and services in this JVM, with their data in {@code dataDir}. */
    Services standalone(DeploymentSpec deployment, Path dataDir) throws IOException {
        Services services =
                Standalone.keep(
                        dataDir, folder.path(), page, ListenAddress.of(deployment.target()));
        return hosting(services, deployment, ProviderLoop.From.NOW, dataDir);
    }

    /** The services that run on the brokers of {@code kafka}. */
    Services connected(DeploymentSpec deployment, Map<String, String> kafka) throws IOException {
        return hosting(ConnectedServices.on(kafka), deployment, ProviderLoop.From.NOW, null);
    }

    /**
     * What a run had whose process is gone, at the same address and with the same secret: its
     * workers wait for it there.
     *
     * @throws UserException if that cannot be had again; says why
     */
    Services again(DeploymentSpec deployment, RunBroker broker) throws IOException {
        Path dataDir = broker.dataDir();
        Services services =
                dataDir == null
                        ? ConnectedServices.on(broker.kafka())
                        : again(broker.kafka(), dataDir);
        return hosting(services, deployment, ProviderLoop.From.BEGINNING, dataDir);
    }

    private Services again(Map<String, String> kafka, Path dataDir) {
        try {
            return Standalone.resume(dataDir, folder.path(), page, kafka);
        } catch (UserException e) {
            throw new UserException(
                    "the run's broker cannot be had again at "
                            + kafka.get("bootstrap.servers")
                            + ", where its workers look for it: "
                            + e.getMessage());
        }
    }

    private Services hosting(
            Services services,
            DeploymentSpec deployment,
            ProviderLoop.From from,
            @Nullable Path dataDir)
            throws IOException {
        try {
            folder.writeBroker(new RunBroker(services.kafka(), dataDir));
            return deployment.providerHost().equals(Standalone.HOST)
                    ? services
                    : HostingServices.host(
                            services, deployment, from, folder.path(), shared, progress);
        } catch (IOException | RuntimeException e) {
            services.close();
            throw e;
        }
    }
}
