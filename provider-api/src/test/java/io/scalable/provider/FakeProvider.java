package io.scalable.provider;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A provider of {@link FakeBackend}s, which outlive its hosts. */
public final class FakeProvider implements DeploymentProvider {

    private final Map<String, FakeBackend> backends = new HashMap<>();

    /** Deployments on which each call throws. */
    private final Set<String> broken = new HashSet<>();

    public void breakOn(String deploymentId, boolean value) {
        if (value) {
            broken.add(deploymentId);
        } else {
            broken.remove(deploymentId);
        }
    }

    FakeBackend backend(String deploymentId) {
        return backends.computeIfAbsent(deploymentId, _ -> new FakeBackend());
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public ValidationReport validate(DeploymentSpec deployment) {
        if (broken.contains(deployment.deploymentId())) {
            throw new NumberFormatException("For input string: \"4 cores\"");
        }
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
