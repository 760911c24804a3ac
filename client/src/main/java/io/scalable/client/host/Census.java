package io.scalable.client.host;

import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.provider.backend.LaunchedWorkers;
import io.scalable.provider.slurm.SlurmJobs;
import java.time.Instant;

/** Where workers are looked for that nobody may look after any more. */
public final class Census {

    private Census() {}

    /**
     * This user's jobs on the Slurm of this machine.
     *
     * @throws IllegalArgumentException if Slurm's commands are not here
     */
    public static LaunchedWorkers ofSlurm() {
        var jobs = new SlurmJobs();
        if (!jobs.missing().isEmpty()) {
            throw new IllegalArgumentException(
                    String.join(", ", jobs.missing())
                            + " cannot be found on PATH; run this where Slurm's commands are, or"
                            + " name another target with --target");
        }
        return jobs;
    }

    /**
     * Where a manifest's target runs.
     *
     * @throws IllegalArgumentException if workers there cannot outlive their run, or cannot be
     *     looked for
     */
    public static LaunchedWorkers of(ResolvedManifest manifest) {
        TargetSpec target =
                manifest.deployment(
                                new DeploymentRequest(
                                        "sweep",
                                        Instant.EPOCH,
                                        "sweep",
                                        manifest.directory().toUri(),
                                        null,
                                        null))
                        .target();
        return switch (target.provider()) {
            case "slurm" -> ofSlurm();
            default ->
                    throw new IllegalArgumentException(
                            "workers of target '"
                                    + target.name()
                                    + "' (provider "
                                    + target.provider()
                                    + ") end with the process that launched them: nothing to"
                                    + " sweep");
        };
    }
}
