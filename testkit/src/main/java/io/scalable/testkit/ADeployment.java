package io.scalable.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.ScalePlan;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a deployment with verbs. Without any it is {@code run-1} of {@code project} on a local
 * target called {@code here}, with neither pools nor tasks, for <i>balance</i> and
 * <i>aggressive</i>.
 */
public final class ADeployment {

    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final List<ComponentSpec> components = new ArrayList<>();
    private final List<TaskGroup> tasks = new ArrayList<>();
    private final Map<String, JsonNode> options = new HashMap<>();
    private String id = "run-1";
    private @Nullable Integer maxWorkers;
    private Objective objective = Objective.BALANCE;
    private Policy policy = Policy.AGGRESSIVE;
    private @Nullable Double deadline;
    private String provider = "local";
    private @Nullable ScalePlan initialPlan;
    private Instant createdAt = START;
    private String host = "standalone";
    private @Nullable URI storage;

    public static ADeployment aDeployment() {
        return new ADeployment();
    }

    /** Where large payloads and logs go. */
    public ADeployment storage(URI wanted) {
        storage = wanted;
        return this;
    }

    public ADeployment id(String wanted) {
        id = wanted;
        return this;
    }

    /** A pool without a minimum, with workers of one slot and core. */
    public ADeployment pool(String name, int maximum) {
        return pool(name, 0, maximum);
    }

    /** A pool with workers of one slot and core. */
    public ADeployment pool(String name, int minimum, int maximum) {
        return pool(name, minimum, maximum, 1, null);
    }

    public ADeployment pool(
            String name, int minimum, int maximum, int slots, @Nullable Integer workers) {
        components.add(
                new ComponentSpec(
                        name,
                        null,
                        null,
                        1,
                        1_000_000_000L,
                        slots,
                        new Bounds(minimum, maximum),
                        workers,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        null));
        return this;
    }

    public ADeployment tasks(
            String name, String pool, int count, @Nullable Double expect, String... needs) {
        List<Need> all = Arrays.stream(needs).map(n -> new Need(n, null)).toList();
        return group(new TaskGroup(name, pool, count, all, expect, true));
    }

    public ADeployment keyed(
            String name, String pool, int count, @Nullable Double expect, String need) {
        List<Need> byKey = List.of(new Need(need, "key"));
        return group(new TaskGroup(name, pool, count, byKey, expect, true));
    }

    public ADeployment plannedOnly(String name, String pool, int count) {
        return group(new TaskGroup(name, pool, count, List.of(), null, false));
    }

    private ADeployment group(TaskGroup group) {
        tasks.add(group);
        return this;
    }

    public ADeployment maxWorkers(int cap) {
        maxWorkers = cap;
        return this;
    }

    public ADeployment objective(Objective wanted) {
        objective = wanted;
        return this;
    }

    public ADeployment policy(Policy wanted) {
        policy = wanted;
        return this;
    }

    public ADeployment deadline(double seconds) {
        deadline = seconds;
        return this;
    }

    public ADeployment provider(String name) {
        provider = name;
        return this;
    }

    public ADeployment option(String key, JsonNode value) {
        options.put(key, value);
        return this;
    }

    public ADeployment hostedBy(String providerHost) {
        host = providerHost;
        return this;
    }

    public ADeployment createdAt(Instant at) {
        createdAt = at;
        return this;
    }

    public ADeployment startedWith(ScalePlan plan) {
        initialPlan = plan;
        return this;
    }

    public DeploymentSpec build() {
        return new DeploymentSpec(
                id,
                "project",
                createdAt,
                new TargetSpec("here", provider, maxWorkers, options),
                components,
                tasks,
                objective,
                policy,
                deadline,
                host,
                storage == null ? URI.create("file:///tmp/" + id) : storage,
                "/tmp",
                4,
                initialPlan,
                null,
                null,
                null);
    }
}
