package io.scalable.provider;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import java.util.Optional;

/**
 * Brings workers to life on one kind of target. A provider says how to reach its backend; what to
 * launch and end is decided by the loop that all providers share.
 */
public interface DeploymentProvider {

    /** The name that targets give: {@code local}, {@code slurm}, {@code kubernetes}. */
    String name();

    /** Whether this provider can run the deployment, and what is wrong if not. Starts nothing. */
    ValidationReport validate(DeploymentSpec deployment);

    /**
     * The cluster of a deployment, without workers at first. Building it again, for a changed spec
     * or after a restart, finds the workers that run.
     */
    ClusterHandle buildCluster(DeploymentSpec deployment);

    /**
     * Makes {@code plan} what the cluster comes to from now on. A plan older than the one it has
     * changes nothing.
     */
    default void scale(ClusterHandle cluster, ScalePlan plan) {
        cluster.want(plan);
    }

    /**
     * What the plan costs until the known work is done: core-hours, and money where the deployment
     * has prices; empty if the duration is unknown. {@link
     * io.scalable.provider.cost.CostEstimates#of} does it for all.
     */
    Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan);
}
