package io.scalable.telemetry;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.testkit.ADeployment;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Records as other services write them, for tests. */
public final class Events {

    private Events() {}

    public static Instant at(int second) {
        return Instant.ofEpochSecond(1_800_000_000L + second);
    }

    public static DeploymentSpec deployment(String id) {
        return ADeployment.aDeployment()
                .id(id)
                .createdAt(at(0))
                .maxWorkers(2)
                .pool("forecast", 2)
                .build();
    }

    public static DeploymentSpec deploymentCreated(String id, Instant at) {
        return ADeployment.aDeployment()
                .id(id)
                .createdAt(at)
                .maxWorkers(2)
                .pool("forecast", 2)
                .build();
    }

    public static WorkerLifecycle removed(String id, String worker, int second) {
        return new WorkerLifecycle.WorkerRemoved(
                id, "forecast", worker, WorkerLifecycle.RemovalCause.SCALED_IN, at(second));
    }

    public static ScalePlan plan(String id, long generation, int desired) {
        return new ScalePlan(
                id,
                generation,
                List.of(new PoolPlan("forecast", desired, "work waits", "max_workers")),
                0.5,
                12.0,
                null,
                null,
                at((int) generation));
    }

    public static PoolDemand demand(String id, int second, int ready, int running) {
        var pool =
                new PoolObservation(
                        "forecast",
                        ready,
                        0,
                        running,
                        0,
                        Collections.nCopies(running, 1.0),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return new PoolDemand(
                id, at(second), "observe", second, List.of(pool), List.of(), List.of());
    }

    public static WorkerLifecycle started(String id, String worker) {
        return new WorkerLifecycle.WorkerStarted(id, "forecast", worker, "thread", at(2));
    }

    public static TaskEvent queued(String id, String task) {
        return new TaskEvent.TaskQueued(id, task, "fit", "forecast", 1, at(1));
    }

    public static TaskEvent startedOn(String id, String task, String worker) {
        return new TaskEvent.TaskStarted(id, task, "fit", "forecast", 1, worker, at(3));
    }

    public static TaskEvent succeeded(String id, String task, String worker) {
        return new TaskEvent.TaskSucceeded(id, task, "fit", "forecast", 1, worker, 0.25, at(4));
    }

    public static TaskEvent failed(String id, String task, String worker) {
        return new TaskEvent.TaskFailed(
                id,
                task,
                "fit",
                "forecast",
                1,
                worker,
                new Failure(FailureClass.USER_ERROR, "exit 3", "it broke", "line 1\nline 2"),
                at(5));
    }

    public static TaskEvent failed(String id, String task, String message, Instant at) {
        return new TaskEvent.TaskFailed(
                id,
                task,
                "fit",
                "forecast",
                1,
                "w1",
                new Failure(FailureClass.USER_ERROR, "exit 3", message, message),
                at);
    }

    public static TaskEvent succeeded(String id, String task, int second) {
        return new TaskEvent.TaskSucceeded(id, task, "fit", "forecast", 1, "w1", 0.25, at(second));
    }
}
