package io.scalable.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deployments and plans for tests: {@code aDeployment("d").pool("steady", 4).build()}. */
public final class Deployments {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final String HOST = "this-host";

    private static final long MEMORY_BYTES = 64L * 1024 * 1024;

    private final String id;
    private final List<ComponentSpec> components = new ArrayList<>();
    private final Map<String, JsonNode> options = new LinkedHashMap<>();
    private String provider = "fake";
    private String host = HOST;
    private Integer maxWorkers;

    private Deployments(String id) {
        this.id = id;
    }

    public static Deployments aDeployment(String id) {
        return new Deployments(id);
    }

    public Deployments pool(String component, int maximum) {
        components.add(
                new ComponentSpec(
                        component,
                        null,
                        null,
                        1,
                        MEMORY_BYTES,
                        1,
                        new Bounds(0, maximum),
                        null,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        null));
        return this;
    }

    public Deployments maxWorkers(int max) {
        maxWorkers = max;
        return this;
    }

    public Deployments provider(String name) {
        provider = name;
        return this;
    }

    public Deployments processes() {
        options.put("processes", BooleanNode.TRUE);
        return this;
    }

    public Deployments option(String key, JsonNode value) {
        options.put(key, value);
        return this;
    }

    public Deployments hostedBy(String other) {
        host = other;
        return this;
    }

    public DeploymentSpec build() {
        return new DeploymentSpec(
                id,
                "project",
                START,
                new TargetSpec("here", provider, maxWorkers, options),
                components,
                List.of(),
                Objective.BALANCE,
                Policy.SAFE,
                null,
                host,
                URI.create("file:///nowhere"),
                System.getProperty("java.io.tmpdir"),
                4,
                null,
                null);
    }

    /** A plan: {@code plan("d", 2, Map.of("steady", 3))}. */
    public static ScalePlan plan(String id, long generation, Map<String, Integer> desired) {
        return new ScalePlan(
                id,
                generation,
                desired.entrySet().stream()
                        .map(e -> new PoolPlan(e.getKey(), e.getValue(), "a test", "tasks"))
                        .toList(),
                1,
                null,
                null,
                null,
                START);
    }
}
