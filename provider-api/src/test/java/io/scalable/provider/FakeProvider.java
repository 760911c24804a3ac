package io.scalable.provider;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A provider of {@link FakeBackend}s, which outlive its hosts. */
final class FakeProvider implements DeploymentProvider {

    private final Map<String, FakeBackend> backends = new HashMap<>();

    FakeBackend backend(String deploymentId) {
        return backends.computeIfAbsent(deploymentId, _ -> new FakeBackend());
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public ValidationReport validate(DeploymentSpec deployment) {
        return new ValidationReport(List.of());
    }

    @Override
    public ClusterHandle buildCluster(DeploymentSpec deployment) {
        return new ClusterHandle(deployment, backend(deployment.deploymentId()));
    }

    @Override
    public Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan) {
        return Optional.empty();
    }
}
