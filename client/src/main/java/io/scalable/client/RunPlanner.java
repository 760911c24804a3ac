package io.scalable.client;

import io.scalable.client.run.RunHistory;
import io.scalable.client.run.Runs;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.planning.CapacityPlanner;
import java.io.IOException;
import java.time.Instant;

/**
 * Plans before a run, from the manifest and from what earlier runs tell. Sessions and the command
 * line plan by this, so their plans are the same. Starts nothing.
 *
 * @param earlier the runs to learn from
 */
public record RunPlanner(Runs earlier) {

    private static final String NO_RUN = "plan";

    /**
     * The plan of a run that would begin at {@code now}.
     *
     * @throws NoSuchTaskException if an option names no task
     * @throws IOException if the folder of the runs cannot be listed
     */
    public RunPlan plan(ResolvedManifest manifest, PlanOptions wanted, Instant now)
            throws IOException {
        var request =
                new DeploymentRequest(
                        NO_RUN,
                        now,
                        NO_RUN,
                        manifest.directory().toUri(),
                        wanted.objective(),
                        wanted.policy());
        var changes = new PlanChanges(manifest.deployment(request), wanted);
        return plan(new RunHistory(earlier).inform(changes.applied(), changes.expected()));
    }

    /** The plan of a deployment as it stands, with what it carries of earlier runs. */
    public static RunPlan plan(DeploymentSpec informed) {
        return RunPlan.of(informed, new CapacityPlanner().capacity(informed, informed.createdAt()));
    }
}
