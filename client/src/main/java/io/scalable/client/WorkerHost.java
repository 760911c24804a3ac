package io.scalable.client;

import io.scalable.client.host.HostedProviders;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.kafka.ProviderLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Launches this program's workers: threads of it, processes with its class path, or jobs of its
 * user.
 */
final class WorkerHost implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WorkerHost.class.getName());

    private final ProviderLoop loop;

    private WorkerHost(ProviderLoop loop) {
        this.loop = loop;
    }

    /**
     * Serves deployments on {@code target} that name {@code hostId}.
     *
     * @param workDir for workers' files
     * @param shared for what workers on other machines need
     */
    static WorkerHost start(
            TargetSpec target, Map<String, String> kafka, String hostId, Path workDir, Path shared)
            throws IOException {
        var providers =
                HostedProviders.of(
                        target,
                        kafka,
                        workDir,
                        shared,
                        List.of(),
                        words -> LOG.log(System.Logger.Level.INFO, words));
        return new WorkerHost(ProviderLoop.start(kafka, hostId, ProviderLoop.From.NOW, providers));
    }

    /** Runs {@code action}, on any thread, if workers can no longer be launched. */
    void onLoss(Consumer<String> action) {
        loop.onLoss(action);
    }

    @Override
    public void close() {
        loop.close();
    }
}
