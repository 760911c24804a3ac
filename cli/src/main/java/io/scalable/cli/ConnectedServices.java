package io.scalable.cli;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Services that run elsewhere.
 *
 * @param kafka what a Kafka client needs to reach their broker; may hold secrets
 * @param live the live page of all deployments; null where none is known
 */
record ConnectedServices(Map<String, String> kafka, @Nullable URI live) implements Services {

    /** Those on the brokers of {@code kafka}, with the page of a kept control plane. */
    static ConnectedServices on(Map<String, String> kafka) throws IOException {
        URI live =
                KeptControlPlane.at(kafka.getOrDefault("bootstrap.servers", ""))
                        .map(KeptControlPlane::page)
                        .orElse(null);
        return new ConnectedServices(kafka, live);
    }

    @Override
    public Optional<URI> page(String deploymentId) {
        return Optional.ofNullable(live)
                .map(page -> URI.create(page + "&deployment=" + deploymentId));
    }

    @Override
    public void close() {}

    /** Without the secrets. */
    @Override
    public String toString() {
        return "ConnectedServices[" + kafka.get("bootstrap.servers") + "]";
    }
}
