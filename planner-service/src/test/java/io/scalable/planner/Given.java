package io.scalable.planner;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.testkit.ADeployment;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Records that the tests begin with. */
public final class Given {

    /** A time long enough ago for nothing to happen at it by accident. */
    public static final Instant EARLIER = Instant.parse("2026-03-01T10:00:00Z");

    private Given() {}

    /** One pool of at most 4, one task of 2. */
    public static DeploymentSpec aDeployment(String id) {
        return ADeployment.aDeployment()
                .id(id)
                .createdAt(EARLIER)
                .maxWorkers(4)
                .pool("fit", 0, 4)
                .tasks("fit", "fit", 2, 30.0)
                .objective(Objective.MINIMIZE_TIME)
                .build();
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

    /** One more task has ended, the {@code done}th. */
    public static PoolDemand completed(String id, Instant at, int done, double seconds) {
        var pool =
                new PoolObservation(
                        "fit",
                        9,
                        0,
                        2,
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(seconds),
                        List.of(),
                        List.of(new PoolObservation.TaskCounts("fit", 0, 9, 0, 0, done, 0, 0)));
        return new PoolDemand(id, at, "observe", 0, List.of(pool), List.of(), List.of());
    }
}
