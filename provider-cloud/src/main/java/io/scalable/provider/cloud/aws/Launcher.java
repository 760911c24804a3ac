package io.scalable.provider.cloud.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.LaunchRefusedException;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cloud.WorkerStart;
import io.scalable.worker.RemoteConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes what workers need before they can be launched, and takes it away after the last: task
 * definitions, and the broker's secret. Thread-safe.
 */
final class Launcher {

    /** What ECS takes of overrides, less what is around them. */
    private static final int LONGEST_OVERRIDES = 8192 - 200;

    /** All that a task definition follows from. */
    private record Kind(ComponentSpec component, TargetSpec target) {}

    private final Ecs ecs;
    private final CloudSettings settings;
    private final int stopTimeout;
    private final boolean secret;
    private final Map<Kind, String> definitions = new ConcurrentHashMap<>();
    private boolean secretIsThere;

    Launcher(Ecs ecs, CloudSettings settings, int stopTimeout) {
        this.ecs = ecs;
        this.settings = settings;
        this.stopTimeout = stopTimeout;
        this.secret = holdsSecret(settings.kafka());
    }

    /** True if Kafka client properties hold what must not be seen in a task's description. */
    static boolean holdsSecret(Map<String, String> kafka) {
        return kafka.keySet().stream()
                .map(key -> key.toLowerCase(Locale.ROOT))
                .anyMatch(
                        key ->
                                key.contains("jaas")
                                        || key.contains("password")
                                        || key.contains("secret")
                                        || key.contains("credential")
                                        || key.contains("token")
                                        || key.endsWith(".key"));
    }

    /**
     * Whether the worker can be told what it has to know.
     *
     * @throws LaunchRefusedException if not
     */
    void check(LaunchOrder order) {
        try {
            int length = Json.mapper().writeValueAsString(environment(order)).length();
            if (length > LONGEST_OVERRIDES) {
                throw new LaunchRefusedException(
                        "worker "
                                + order.workerId()
                                + ": its settings take "
                                + length
                                + " characters and ECS takes "
                                + LONGEST_OVERRIDES
                                + "; shorten components."
                                + order.component().name()
                                + ".classpath",
                        null);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new LaunchRefusedException(
                    "worker " + order.workerId() + ": " + e.getMessage(), e);
        }
    }

    /** The call that launches a worker. Blocks where something has to be made for it first. */
    RunRequest request(WorkerTask.Asking asking, String capacity) {
        LaunchOrder order = asking.order();
        DeploymentSpec deployment = order.deployment();
        String id = deployment.deploymentId();
        return new RunRequest(
                definition(order),
                capacity,
                environment(order),
                Ownership.startedBy(id),
                Ownership.token(order.workerId(), asking.attempt()),
                Ownership.tags(
                        AwsTarget.of(deployment.target()).tags(),
                        id,
                        order.component().name(),
                        order.workerId()));
    }

    private synchronized String definition(LaunchOrder order) {
        if (secret && !secretIsThere) {
            ecs.putSecret(
                    Ownership.parameter(order.deployment().deploymentId()),
                    WorkerStart.kafka(settings));
            secretIsThere = true;
        }
        var kind = new Kind(order.component(), order.deployment().target());
        String known = definitions.get(kind);
        if (known != null) {
            return known;
        }
        String arn = ecs.define(TaskContent.of(order, plain(order), secret, stopTimeout));
        definitions.put(kind, arn);
        return arn;
    }

    /** The worker's own part; all the rest is in its task definition. */
    private Map<String, String> environment(LaunchOrder order) {
        var environment = new LinkedHashMap<String, String>();
        environment.put(
                RemoteConfig.VARIABLE,
                start(order).environment().getOrDefault(RemoteConfig.VARIABLE, ""));
        if (!secret) {
            environment.put(RemoteConfig.KAFKA, WorkerStart.kafka(settings));
        }
        return environment;
    }

    private WorkerStart plain(LaunchOrder order) {
        AwsTarget target = AwsTarget.of(order.deployment().target());
        int seconds = TaskContent.stopTimeout(target, stopTimeout);
        return WorkerStart.of(order, Duration.ofSeconds(seconds));
    }

    /** A worker's heap and threads follow from what it gets, not from what was asked for. */
    private WorkerStart start(LaunchOrder order) {
        ComponentSpec component =
                AwsTarget.of(order.deployment().target()).sized(order.component());
        return plain(
                new LaunchOrder(
                        order.deployment(),
                        component,
                        order.workerId(),
                        order.ordinal(),
                        order.partition()));
    }

    /** What was made is looked at again before the next launch. */
    synchronized void lookAgain() {
        definitions.clear();
        secretIsThere = false;
    }

    /** Takes away what only this deployment's workers needed. */
    synchronized void cleanUp(DeploymentSpec deployment) {
        if (!secret) {
            return;
        }
        String id = deployment.deploymentId();
        ecs.deleteSecret(Ownership.parameter(id));
        for (ComponentSpec component : deployment.components()) {
            ecs.undefine(Ownership.family(deployment.project(), component.name(), id));
        }
        lookAgain();
    }
}
