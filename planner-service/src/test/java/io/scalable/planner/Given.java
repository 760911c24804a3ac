package io.scalable.planner;

import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Records that the tests begin with. */
public final class Given {

    /** A time long enough ago for nothing to happen at it by accident. */
    public static final Instant EARLIER = Instant.parse("2026-03-01T10:00:00Z");

    private Given() {}

    /** One pool of at most 4, one task of 2. */
    public static DeploymentSpec aDeployment(String id) {
        var component =
                new ComponentSpec(
                        "fit",
                        null,
                        null,
                        1,
                        1_000_000_000L,
                        1,
                        new Bounds(0, 4),
                        null,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        null);
        return new DeploymentSpec(
                id,
                "project",
                EARLIER,
                new TargetSpec("local", "local", 4, Map.of()),
                List.of(component),
                List.of(new TaskGroup("fit", "fit", 2, List.of(), 30.0, true)),
                Objective.MINIMIZE_TIME,
                Policy.AGGRESSIVE,
                null,
                "standalone",
                URI.create("file:///tmp/" + id),
                "/tmp",
                4,
                null,
                null);
    }

    public static ScalePlan aPlan(String id, long generation, int workers) {
        var pool = new PoolPlan("fit", workers, "as it was", "tasks");
        return new ScalePlan(id, generation, List.of(pool), 0.5, null, null, null, EARLIER);
    }

    public static ScaleRequested aRequest(String id, int exactly, Instant at) {
        return new ScaleRequested(id, "fit", ScaleRequested.Mode.EXACT, exactly, "by a person", at);
    }

    public static PoolDemand demand(String id, Instant at, int ready, int alive, int running) {
        var pool =
                new PoolObservation(
                        "fit",
                        ready,
                        0,
                        alive,
                        0,
                        Collections.nCopies(running, 1.0),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                new PoolObservation.TaskCounts(
                                        "fit", 0, ready, 0, running, 0, 0, 0)));
        return new PoolDemand(id, at, "observe", 0, List.of(pool), List.of(), List.of());
    }
}
