package io.scalable.client;

import io.scalable.client.host.ProviderLoop;
import io.scalable.provider.local.LocalProvider;
import io.scalable.provider.local.LocalSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs this program's local workers: threads of it, or processes with its class path. */
final class LocalHost implements AutoCloseable {

    private final ProviderLoop loop;

    private LocalHost(ProviderLoop loop) {
        this.loop = loop;
    }

    /** Serves deployments that name {@code hostId}; keeps workers' files in {@code workDir}. */
    static LocalHost start(Map<String, String> kafka, String hostId, Path workDir) {
        return new LocalHost(
                ProviderLoop.start(
                        kafka,
                        hostId,
                        ProviderLoop.From.NOW,
                        changed ->
                                List.of(
                                        new LocalProvider(
                                                LocalSettings.of(workDir, kafka), changed))));
    }

    @Override
    public void close() {
        loop.close();
    }
}
