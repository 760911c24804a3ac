package io.scalable.cli;

import io.scalable.client.RunPlan;
import io.scalable.client.host.HostedProviders;
import io.scalable.client.host.SharedPlaces;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.slurm.SlurmProvider;
import java.nio.file.Path;
import java.time.Instant;

/** The job scripts that a run of a plan would submit first. Its id, a run's own, is RUN here. */
final class JobScripts {

    private static final String RUN = "RUN";

    private JobScripts() {}

    /**
     * The scripts, one after the other.
     *
     * @param runs the folder of runs
     * @throws UserException if the target cannot be run; says all that is wrong
     */
    static String of(ResolvedManifest manifest, RunPlan plan, Path runs) {
        Path folder = runs.resolve(RUN);
        var places = SharedPlaces.of(manifest, runs);
        DeploymentSpec deployment =
                manifest.deployment(
                        new DeploymentRequest(
                                RUN, Instant.EPOCH, "run-" + RUN, places.storage(RUN), null, null));
        SlurmProvider provider = HostedProviders.slurmToShow(folder, places.shared());
        ValidationReport report = provider.validate(deployment);
        if (!report.ok()) {
            throw new UserException(report.errors());
        }
        var out = new StringBuilder();
        for (ComponentSpec component : deployment.components()) {
            int workers = plan.first().desired(component.name());
            if (workers > 0) {
                out.append("# ---- ").append(component.name()).append(": ").append(workers);
                out.append(workers == 1 ? " worker\n" : " workers\n");
                out.append(provider.script(deployment, component, workers)).append('\n');
            }
        }
        return out.toString();
    }
}
