package io.scalable.provider;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.backend.WorkerBackend;
import org.jspecify.annotations.Nullable;

/** One deployment at one provider: its backend and the plan it is to follow. Not thread-safe. */
public final class ClusterHandle {

    private final DeploymentSpec deployment;
    private final WorkerBackend backend;
    private @Nullable ScalePlan plan;

    public ClusterHandle(DeploymentSpec deployment, WorkerBackend backend) {
        this.deployment = deployment;
        this.backend = backend;
    }

    public DeploymentSpec deployment() {
        return deployment;
    }

    public WorkerBackend backend() {
        return backend;
    }

    /** The plan to follow; null before the first. */
    public @Nullable ScalePlan plan() {
        return plan;
    }

    /** Follows {@code next} unless it is older than the plan it has. */
    public void want(ScalePlan next) {
        if (plan == null || next.generation() > plan.generation()) {
            plan = next;
        }
    }

    /** The plan is void: nothing is changed until the next one, whatever its generation. */
    public void forgetPlan() {
        plan = null;
    }
}
