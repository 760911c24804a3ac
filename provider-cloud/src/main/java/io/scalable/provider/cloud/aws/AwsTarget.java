package io.scalable.provider.cloud.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of an AWS target. What is wrong with them says {@link AwsValidation}.
 *
 * @param name the target's name in the manifest
 * @param region null takes the one that AWS's own settings give
 * @param fargate false for a cluster's own instances
 * @param cluster the ECS cluster's name or ARN
 * @param capacityProvider of the cluster's instances; null takes any of them
 * @param spot true to prefer Fargate Spot
 * @param instanceType of the cluster's instances; null if unknown
 * @param image of components that name none; null for none
 * @param cpu CPU units of every worker; null takes the component's
 * @param memoryMib memory of every worker; null takes the component's
 * @param executionRole starts tasks: pulls images, reads the secret, writes logs; null for none
 * @param taskRole what workers may do; null for nothing
 * @param subnets of the tasks; empty on instances for their own network
 * @param securityGroups of the tasks
 * @param publicIp whether tasks get an address of the internet
 * @param logGroup of CloudWatch Logs
 * @param tags on all that is made
 * @param environment of all workers
 */
record AwsTarget(
        String name,
        @Nullable String region,
        boolean fargate,
        String cluster,
        @Nullable String capacityProvider,
        boolean spot,
        @Nullable String instanceType,
        @Nullable String image,
        @Nullable Integer cpu,
        @Nullable Integer memoryMib,
        @Nullable String executionRole,
        @Nullable String taskRole,
        List<String> subnets,
        List<String> securityGroups,
        boolean publicIp,
        String logGroup,
        Map<String, String> tags,
        Map<String, String> environment) {

    private static final int UNITS_PER_CORE = 1024;
    private static final long MIB = 1024 * 1024;

    static AwsTarget of(TargetSpec target) {
        return new AwsTarget(
                target.name(),
                text(target, "region"),
                !target.text("cluster_type", "fargate").equals("ec2"),
                target.text("cluster", "default"),
                text(target, "capacity_provider"),
                target.flag("spot"),
                text(target, "instance_type"),
                text(target, "image"),
                whole(target, "worker_cpu"),
                whole(target, "worker_mem"),
                text(target, "execution_role_arn"),
                text(target, "task_role_arn"),
                texts(target, "subnets"),
                texts(target, "security_groups"),
                target.flag("assign_public_ip"),
                target.text("log_group", "/scalable/workers"),
                map(target, "tags"),
                map(target, "environment"));
    }

    /** True if workers' logs are kept: Fargate writes them by the execution role. */
    boolean logs() {
        return !fargate || executionRole != null;
    }

    /** The image of a component's workers; null if nobody names one. */
    @Nullable String imageOf(ComponentSpec component) {
        return component.image() == null ? image : component.image();
    }

    /** What a component's worker asks for, before it is rounded up to a size that there is. */
    FargateSize wanted(ComponentSpec component) {
        int units = cpu == null ? (int) Math.ceil(component.cpus() * UNITS_PER_CORE) : cpu;
        int mib = memoryMib == null ? mib(component.memoryBytes()) : memoryMib;
        return new FargateSize(units, mib);
    }

    /**
     * What a component's worker gets.
     *
     * @throws IllegalArgumentException if Fargate has no size that large
     */
    FargateSize size(ComponentSpec component) {
        FargateSize wanted = wanted(component);
        return fargate
                ? FargateSize.holding(wanted)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                wanted + " is more than Fargate has"))
                : wanted;
    }

    /** The component with what the target's {@code worker_cpu} and {@code worker_mem} say. */
    ComponentSpec sized(ComponentSpec component) {
        FargateSize wanted = wanted(component);
        return new ComponentSpec(
                component.name(),
                component.image(),
                component.runtime(),
                cpu == null ? component.cpus() : wanted.cpu() / (double) UNITS_PER_CORE,
                memoryMib == null ? component.memoryBytes() : wanted.memoryMib() * MIB,
                component.slots(),
                component.bounds(),
                component.workers(),
                component.tags(),
                component.env(),
                component.mounts(),
                component.classpath(),
                component.preloadScript());
    }

    private static int mib(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + MIB - 1) / MIB);
    }

    private static @Nullable String text(TargetSpec target, String key) {
        String text = target.text(key, "").strip();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Integer whole(TargetSpec target, String key) {
        String text = text(target, key);
        return text == null ? null : Integer.valueOf(text);
    }

    private static List<String> texts(TargetSpec target, String key) {
        JsonNode given = target.options().get(key);
        if (given == null || given.isNull()) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        Iterable<JsonNode> all = given.isArray() ? given : List.of(given);
        all.forEach(one -> texts.add(one.asText().strip()));
        return List.copyOf(texts);
    }

    private static Map<String, String> map(TargetSpec target, String key) {
        JsonNode given = target.options().get(key);
        var map = new LinkedHashMap<String, String>();
        if (given != null) {
            given.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        }
        return map;
    }
}
