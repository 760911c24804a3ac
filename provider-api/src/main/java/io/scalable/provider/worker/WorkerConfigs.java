package io.scalable.provider.worker;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.worker.WorkerConfig;
import java.nio.file.Path;
import java.util.Map;

/** What a worker is told, from what was ordered. */
public final class WorkerConfigs {

    private WorkerConfigs() {}

    /** The settings of the worker that {@code order} asks for; {@code kafka} may hold secrets. */
    public static WorkerConfig of(LaunchOrder order, Map<String, String> kafka) {
        DeploymentSpec deployment = order.deployment();
        ComponentSpec component = order.component();
        return new WorkerConfig(
                deployment.deploymentId(),
                component.name(),
                order.workerId(),
                component.slots(),
                order.partition(),
                kafka,
                deployment.storage(),
                Path.of(deployment.directory()),
                component.classpath().stream().map(Path::of).toList(),
                component.env(),
                null);
    }
}
