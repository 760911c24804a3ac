package io.scalable.provider.slurm;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.worker.WorkerConfigs;
import io.scalable.provider.worker.WorkerFiles;
import io.scalable.worker.WorkerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Makes job scripts, and the files that their workers read. */
record Submission(SlurmSettings settings, WorkerCommands commands) {

    /**
     * A worker waits so long for a broker that is away: a control plane may be restarted, and where
     * many workers start at once the first contact may take minutes.
     */
    private static final Duration ORPHAN_TIMEOUT = Duration.ofMinutes(8);

    /** Slurm's KillWait, from its SIGTERM to its SIGKILL, unless a site sets another. */
    private static final Duration KILL_WAIT = Duration.ofSeconds(30);

    /** The tag of workers that are submitted together. */
    static JobTag tag(List<LaunchOrder> batch) {
        LaunchOrder first = batch.getFirst();
        return new JobTag(
                first.deployment().deploymentId(), first.component().name(), first.ordinal());
    }

    /** The script for a batch. */
    String script(List<LaunchOrder> batch, Collection<String> exclude) {
        LaunchOrder first = batch.getFirst();
        return script(first.deployment(), first.component(), tag(batch), batch.size(), exclude);
    }

    /** The script for {@code count} workers of a pool. */
    String script(
            DeploymentSpec deployment,
            ComponentSpec component,
            JobTag tag,
            int count,
            Collection<String> exclude) {
        return JobScript.of(
                SlurmTarget.of(deployment),
                component,
                Path.of(deployment.directory()),
                tag,
                count,
                settings.workDir().resolve("workers"),
                exclude,
                commands.of(deployment, component));
    }

    /** Writes the settings of each worker, which hold the broker's secret, for the owner alone. */
    void prepare(List<LaunchOrder> batch) throws IOException {
        for (LaunchOrder order : batch) {
            commands.prepare(order.deployment(), order.component());
            files(order.workerId()).write(config(order));
        }
    }

    private WorkerFiles files(String workerId) {
        return WorkerFiles.in(settings.workDir(), workerId);
    }

    private WorkerConfig config(LaunchOrder order) {
        return WorkerConfigs.of(order, settings.kafka())
                .withOrphanTimeout(ORPHAN_TIMEOUT)
                .withGrace(WorkerConfigs.grace(KILL_WAIT));
    }
}
