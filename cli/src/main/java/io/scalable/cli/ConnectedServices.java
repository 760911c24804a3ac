package io.scalable.cli;

import io.scalable.client.host.ProviderLoop;
import io.scalable.provider.local.LocalProvider;
import io.scalable.provider.local.LocalSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Services that run elsewhere. Local workers run here all the same: the user's files and jars are
 * here, so this process hosts their provider.
 */
final class ConnectedServices implements Services {

    private final Map<String, String> kafka;
    private final ProviderLoop workers;

    private ConnectedServices(Map<String, String> kafka, ProviderLoop workers) {
        this.kafka = kafka;
        this.workers = workers;
    }

    /**
     * Hosts the workers of deployments that name {@code host}.
     *
     * @param logs where worker processes log
     */
    static ConnectedServices connect(Map<String, String> kafka, String host, Path logs) {
        List<String> jvm =
                StartCache.find().map(c -> List.of("-XX:AOTCache=" + c)).orElse(List.of());
        var settings = LocalSettings.of(logs.resolve("workers"), kafka).withJvmOptions(jvm);
        var loop =
                ProviderLoop.start(
                        kafka,
                        host,
                        ProviderLoop.From.NOW,
                        changed -> List.of(new LocalProvider(settings, changed)));
        return new ConnectedServices(kafka, loop);
    }

    @Override
    public Map<String, String> kafka() {
        return kafka;
    }

    @Override
    public void close() {
        workers.close();
    }
}
