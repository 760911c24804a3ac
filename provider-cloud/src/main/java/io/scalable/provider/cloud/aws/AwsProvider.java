package io.scalable.provider.cloud.aws;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.ClusterHandle;
import io.scalable.provider.CostEstimate;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cost.CostEstimates;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs workers as tasks of Amazon ECS. Region, credentials and endpoints are found as all programs
 * for AWS find them: the target's {@code region}, then environment, profile and role.
 */
public final class AwsProvider implements DeploymentProvider {

    private final CloudSettings settings;
    private final AwsPacing pacing;
    private final Map<String, EcsBackend> backends = new HashMap<>();

    public AwsProvider(CloudSettings settings) {
        this(settings, AwsPacing.defaults());
    }

    AwsProvider(CloudSettings settings, AwsPacing pacing) {
        this.settings = settings;
        this.pacing = pacing;
    }

    @Override
    public String name() {
        return "aws";
    }

    /** Asks nothing of AWS. */
    @Override
    public ValidationReport validate(DeploymentSpec deployment) {
        return AwsValidation.of(deployment, Launcher.holdsSecret(settings.kafka()));
    }

    @Override
    public ClusterHandle buildCluster(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        return new ClusterHandle(
                deployment, backends.computeIfAbsent(id, _ -> backend(deployment)));
    }

    private EcsBackend backend(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        ExecutorService executor =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("aws-" + id).factory());
        return new EcsBackend(
                deployment,
                new EcsApi(AwsTarget.of(deployment.target())),
                settings,
                pacing,
                executor,
                () -> backends.remove(id));
    }

    @Override
    public Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan) {
        return CostEstimates.of(deployment, plan);
    }
}
