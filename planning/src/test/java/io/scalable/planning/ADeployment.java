package io.scalable.planning;

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

/** Builds a deployment with verbs. */
final class ADeployment {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final List<ComponentSpec> components = new ArrayList<>();
    private final List<TaskGroup> tasks = new ArrayList<>();
    private final Map<String, JsonNode> options = new HashMap<>();
    private Integer maxWorkers;
    private Objective objective = Objective.BALANCE;
    private Policy policy = Policy.AGGRESSIVE;
    private Double deadline;
    private String provider = "local";
    private ScalePlan initialPlan;
    private Instant createdAt = START;

    static ADeployment aDeployment() {
        return new ADeployment();
    }

    ADeployment pool(String name, int minimum, int maximum) {
        return pool(name, minimum, maximum, 1, null);
    }

    ADeployment pool(String name, int minimum, int maximum, int slots, Integer workers) {
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

    ADeployment tasks(String name, String pool, int count, Double expect, String... needs) {
        List<Need> all = Arrays.stream(needs).map(n -> new Need(n, null)).toList();
        tasks.add(new TaskGroup(name, pool, count, all, expect, true));
        return this;
    }

    ADeployment keyed(String name, String pool, int count, Double expect, String need) {
        List<Need> needs = List.of(new Need(need, "key"));
        tasks.add(new TaskGroup(name, pool, count, needs, expect, true));
        return this;
    }

    ADeployment plannedOnly(String name, String pool, int count) {
        tasks.add(new TaskGroup(name, pool, count, List.of(), null, false));
        return this;
    }

    ADeployment maxWorkers(int cap) {
        maxWorkers = cap;
        return this;
    }

    ADeployment objective(Objective wanted) {
        objective = wanted;
        return this;
    }

    ADeployment policy(Policy wanted) {
        policy = wanted;
        return this;
    }

    ADeployment deadline(double seconds) {
        deadline = seconds;
        return this;
    }

    ADeployment provider(String name) {
        provider = name;
        return this;
    }

    ADeployment option(String key, JsonNode value) {
        options.put(key, value);
        return this;
    }

    ADeployment createdAt(Instant at) {
        createdAt = at;
        return this;
    }

    ADeployment startedWith(ScalePlan plan) {
        initialPlan = plan;
        return this;
    }

    DeploymentSpec build() {
        return new DeploymentSpec(
                "run-1",
                "project",
                createdAt,
                new TargetSpec("here", provider, maxWorkers, options),
                components,
                tasks,
                objective,
                policy,
                deadline,
                "standalone",
                URI.create("file:///tmp/run-1"),
                "/tmp",
                4,
                initialPlan,
                null);
    }
}
