package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cloud.WorkerStart;
import io.scalable.worker.CloudRunWorkerMain;
import io.scalable.worker.RemoteConfig;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * The worker pool of one worker, as the API takes it. Pure.
 *
 * @param endpoint where workers delete their pools; empty for Google's own API
 */
record PoolBody(CloudSettings settings, CloudRunTarget target, String endpoint) {

    private static final String CONTAINER = "worker";

    /** What Cloud Run grants a container between its SIGTERM and its SIGKILL. */
    private static final Duration KILLED_AFTER = Duration.ofSeconds(10);

    ObjectNode of(LaunchOrder order) {
        ObjectNode pool = Json.mapper().createObjectNode();
        String deployment = order.deployment().deploymentId();
        String component = order.component().name();
        pool.putObject("labels")
                .put(SeenPool.MANAGED_BY, SeenPool.SCALABLE)
                .put("scalable-deployment", SafeName.label(deployment))
                .put("scalable-component", SafeName.label(component));
        pool.putObject("annotations")
                .put(SeenPool.DEPLOYMENT, deployment)
                .put(SeenPool.COMPONENT, component)
                .put(SeenPool.WORKER, order.workerId());
        pool.putObject("scaling").put("manualInstanceCount", 1);
        template(pool.putObject("template"), order);
        return pool;
    }

    private void template(ObjectNode template, LaunchOrder order) {
        if (!target.serviceAccount().isEmpty()) {
            template.put("serviceAccount", target.serviceAccount());
        }
        if (!target.network().isEmpty() || !target.subnetwork().isEmpty()) {
            ObjectNode vpc = template.putObject("vpcAccess").put("egress", "PRIVATE_RANGES_ONLY");
            ObjectNode card = vpc.putArray("networkInterfaces").addObject();
            putIfGiven(card, "network", target.network());
            putIfGiven(card, "subnetwork", target.subnetwork());
        }
        container(template.putArray("containers").addObject(), order);
    }

    private void container(ObjectNode container, LaunchOrder order) {
        ComponentSpec component = PoolSize.asked(order.component(), order.deployment().target());
        PoolSize size = PoolSize.of(component);
        var asked =
                new LaunchOrder(
                        order.deployment(),
                        component,
                        order.workerId(),
                        order.ordinal(),
                        order.partition());
        WorkerStart start = WorkerStart.of(asked, CloudRunWorkerMain.class.getName(), KILLED_AFTER);
        container.put("name", CONTAINER);
        container.put("image", CloudRunTarget.image(component, order.deployment().target()));
        container.putArray("command").add(start.command().getFirst());
        ArrayNode arguments = container.putArray("args");
        start.command().stream().skip(1).forEach(arguments::add);
        container
                .putObject("resources")
                .putObject("limits")
                .put("cpu", String.valueOf(size.cpus()))
                .put("memory", size.memoryMib() + "Mi");
        environment(container.putArray("env"), start, order.workerId());
    }

    private void environment(ArrayNode variables, WorkerStart start, String workerId) {
        var all = new LinkedHashMap<>(start.environment());
        all.put(CloudRunWorkerMain.POOL, fullName(SafeName.pool(workerId)));
        if (!endpoint.isEmpty()) {
            all.put(CloudRunWorkerMain.ENDPOINT, endpoint);
        }
        if (target.kafkaSecret().isEmpty()) {
            all.put(RemoteConfig.KAFKA, WorkerStart.kafka(settings));
        }
        all.forEach((name, value) -> variables.addObject().put("name", name).put("value", value));
        if (!target.kafkaSecret().isEmpty()) {
            variables
                    .addObject()
                    .put("name", RemoteConfig.KAFKA)
                    .putObject("valueSource")
                    .putObject("secretKeyRef")
                    .put("secret", target.kafkaSecret())
                    .put("version", "latest");
        }
    }

    private String fullName(String pool) {
        return "projects/"
                + target.project()
                + "/locations/"
                + target.region()
                + "/workerPools/"
                + pool;
    }

    private static void putIfGiven(ObjectNode node, String key, String value) {
        if (!value.isEmpty()) {
            node.put(key, value);
        }
    }

    /** The settings hold secrets. */
    @Override
    public String toString() {
        return "PoolBody[" + target.project() + "/" + target.region() + "]";
    }
}
