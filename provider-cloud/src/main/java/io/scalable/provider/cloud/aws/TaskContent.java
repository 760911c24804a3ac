package io.scalable.provider.cloud.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.WorkerRuntime;
import io.scalable.provider.cloud.WorkerStart;
import io.scalable.worker.RemoteConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a component's task definition says: all that its workers have in common. Pure.
 *
 * @param version of what is made of this; raised when that changes
 * @param secret the parameter with the broker's client properties; null if they are no secret
 * @param logGroup of CloudWatch Logs; null for no logs
 * @param mounts path on the instance to path in the container
 * @param stopTimeout seconds from SIGTERM to SIGKILL
 */
record TaskContent(
        int version,
        String family,
        boolean fargate,
        boolean ownNetwork,
        FargateSize size,
        String image,
        List<String> command,
        Map<String, String> environment,
        String runtimeHome,
        @Nullable String runtimeImage,
        @Nullable String executionRole,
        @Nullable String taskRole,
        @Nullable String secret,
        Map<String, String> mounts,
        @Nullable String logGroup,
        int stopTimeout,
        Map<String, String> tags) {

    private static final int VERSION = 1;

    /** The most that Fargate waits; a Spot task is warned so long ahead. */
    private static final int SPOT_STOP_TIMEOUT = 120;

    /** Seconds from SIGTERM to SIGKILL, where {@code usual} is what tasks get that stay. */
    static int stopTimeout(AwsTarget target, int usual) {
        return target.fargate() && target.spot() ? SPOT_STOP_TIMEOUT : usual;
    }

    static TaskContent of(LaunchOrder order, WorkerStart start, boolean secret, int stopTimeout) {
        DeploymentSpec deployment = order.deployment();
        ComponentSpec component = order.component();
        AwsTarget target = AwsTarget.of(deployment.target());
        WorkerRuntime runtime = WorkerRuntime.of(deployment.target());
        String id = deployment.deploymentId();
        var environment = new TreeMap<>(target.environment());
        environment.putAll(start.environment());
        environment.remove(RemoteConfig.VARIABLE);
        return new TaskContent(
                VERSION,
                Ownership.family(deployment.project(), component.name(), secret ? id : ""),
                target.fargate(),
                target.fargate() || !target.subnets().isEmpty(),
                target.size(component),
                Objects.requireNonNull(target.imageOf(component), "validated"),
                start.command(),
                environment,
                runtime.home(),
                runtime.image(),
                target.executionRole(),
                target.taskRole(),
                secret ? Ownership.parameter(id) : null,
                new TreeMap<>(component.mounts()),
                target.logs() ? target.logGroup() : null,
                stopTimeout(target, stopTimeout),
                new TreeMap<>(target.tags()));
    }

    /** The same for the same content, whenever and wherever it is made. */
    String hash() {
        try {
            return Ownership.hash(Json.mapper().writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a task definition", e);
        }
    }
}
