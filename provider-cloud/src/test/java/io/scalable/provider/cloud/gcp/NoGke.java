package io.scalable.provider.cloud.gcp;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.ClusterHandle;
import io.scalable.provider.CostEstimate;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.backend.RefusingBackend;
import java.util.List;
import java.util.Optional;

/** Stands where the Kubernetes provider is. */
final class NoGke implements DeploymentProvider {

    @Override
    public String name() {
        return "gcp";
    }

    @Override
    public ValidationReport validate(DeploymentSpec deployment) {
        return new ValidationReport(List.of());
    }

    @Override
    public ClusterHandle buildCluster(DeploymentSpec deployment) {
        return new ClusterHandle(deployment, new RefusingBackend("gke"));
    }

    @Override
    public Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan) {
        return Optional.empty();
    }
}
