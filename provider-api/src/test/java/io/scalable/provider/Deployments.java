package io.scalable.provider;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.testkit.ADeployment;
import java.time.Instant;
import java.util.Map;

/** Deployments and plans for tests: {@code aDeployment("d").pool("steady", 4).build()}. */
public final class Deployments {

    public static final Instant START = ADeployment.START;
    public static final String HOST = "this-host";

    private Deployments() {}

    /** A deployment for the tests' own provider, {@code fake}, on {@link #HOST}. */
    public static ADeployment aDeployment(String id) {
        return ADeployment.aDeployment().id(id).provider("fake").hostedBy(HOST);
    }

    /** A deployment for the local provider, with worker processes. */
    public static ADeployment withProcesses(String id) {
        return aDeployment(id).provider("local").option("processes", BooleanNode.TRUE);
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
