package io.scalable.provider.worker;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.worker.WorkerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What a worker is told, from what was ordered. */
public final class WorkerConfigs {

    /** What a worker needs after its grace: to end commands, report, and leave. */
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private WorkerConfigs() {}

    /**
     * How long what runs may go on, where a platform kills {@code killedAfter} its signal: 5 s
     * less, but at least half of it.
     */
    public static Duration grace(Duration killedAfter) {
        Duration most = killedAfter.minus(LEAVING);
        Duration half = killedAfter.dividedBy(2);
        return most.compareTo(half) > 0 ? most : half;
    }

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
