package io.scalable.client;

import io.scalable.client.DeploymentPrices.PricedDeployment;
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
 * @param prices what workers cost where the target does not say
 */
public record RunPlanner(Runs earlier, DeploymentPrices prices) {

    private static final String NO_RUN = "plan";

    /** With the price list that the environment names, else the built-in one. */
    public RunPlanner(Runs earlier) {
        this(earlier, DeploymentPrices.of(null, System.getenv()));
    }

    /**
     * The plan of a run that would begin at {@code now}.
     *
     * @throws NoSuchTaskException if an option names no task
     * @throws UnpricedException if the target bounds what may be spent and its workers have no
     *     price
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
        return plan(
                prices.price(
                        new RunHistory(earlier).inform(changes.applied(), changes.expected())));
    }

    /** The plan of a deployment as it stands, with what it carries of earlier runs. */
    public static RunPlan plan(PricedDeployment informed) {
        DeploymentSpec spec = informed.deployment();
        return RunPlan.of(informed, new CapacityPlanner().capacity(spec, spec.createdAt()));
    }
}
