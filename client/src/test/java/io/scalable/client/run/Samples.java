package io.scalable.client.run;

import com.fasterxml.jackson.databind.node.IntNode;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Builds small deployments, tasks and events. All times count from {@link #START}. */
public final class Samples {

    public static final Instant START = Instant.parse("2026-01-31T14:25:01Z");
    public static final String RUN = "20260131-142501-x7k2p";

    private Samples() {}

    public static DeploymentSpec deployment(String id, URI storage) {
        return new DeploymentSpec(
                id,
                "energy",
                START,
                new TargetSpec("local", "local", 4, Map.of()),
                List.of(component("forecast"), component("postprocess")),
                List.of(),
                Objective.MINIMIZE_TIME,
                Policy.SAFE,
                null,
                "test",
                storage,
                "/",
                1,
                null,
                null,
                null,
                null);
    }

    static DeploymentSpec deployment() {
        return deployment(RUN, URI.create("file:///nowhere/"));
    }

    private static ComponentSpec component(String name) {
        return new ComponentSpec(
                name,
                null,
                null,
                1,
                1_000_000_000,
                1,
                new Bounds(0, 4),
                null,
                List.of(name + "-tag"),
                Map.of(),
                Map.of(),
                List.of(),
                null);
    }

    static SubmitTask task(String run, String name, int index) {
        return new SubmitTask(
                run,
                Ids.taskId(run, name, index),
                name,
                name,
                index,
                new Work.Handler("energy.Forecast::fit"),
                Payload.of(IntNode.valueOf(index)),
                List.of(),
                0,
                0,
                null,
                null);
    }

    static TaskResult ended(SubmitTask task, TaskState state, double seconds) {
        boolean failed = state == TaskState.FAILED;
        return new TaskResult(
                task.deploymentId(),
                task.taskId(),
                task.task(),
                task.tag(),
                task.index(),
                state,
                1,
                "worker-1",
                state == TaskState.SUCCEEDED ? task.input() : null,
                failed ? List.of(failure("boom")) : List.of(),
                null,
                START,
                START,
                START.plusSeconds(5),
                seconds);
    }

    static Failure failure(String message) {
        return new Failure(
                FailureClass.USER_ERROR, "java.lang.IllegalStateException", message, "at energy");
    }

    static ScalePlan plan(long generation, long atSecond, PoolPlan... pools) {
        return new ScalePlan(
                RUN,
                generation,
                Arrays.asList(pools),
                0.5,
                null,
                null,
                null,
                START.plusSeconds(atSecond));
    }

    static PoolPlan pool(String component, int desired) {
        return new PoolPlan(component, desired, "because " + desired, "tasks");
    }

    static WorkerLifecycle requested(String component, String worker) {
        return new WorkerRequested(RUN, component, worker, 1, START);
    }

    static WorkerLifecycle started(String component, String worker) {
        return new WorkerStarted(RUN, component, worker, "pid 1", START);
    }

    static WorkerLifecycle removed(
            String component, String worker, RemovalCause cause, long atSecond) {
        return new WorkerRemoved(RUN, component, worker, cause, START.plusSeconds(atSecond));
    }

    /** The worker went without being asked, after it had been ready. */
    static WorkerLifecycle lost(String component, String worker, long atSecond) {
        return failed(component, worker, FailureClass.NODE_FAILURE, atSecond);
    }

    /** The worker never came up. */
    static WorkerLifecycle failed(String component, String worker, long atSecond) {
        return failed(component, worker, FailureClass.START_FAILURE, atSecond);
    }

    private static WorkerLifecycle failed(
            String component, String worker, FailureClass failureClass, long atSecond) {
        return new WorkerFailed(
                RUN,
                component,
                worker,
                failureClass,
                "no such image",
                "pulling\nnot found\n",
                START.plusSeconds(atSecond));
    }

    /** A run that took ten seconds. */
    static RunInfo info() {
        return RunInfo.started(deployment(), "broker:9092")
                .ended(START.plusSeconds(10), RunState.SUCCEEDED, null);
    }

    /** What the dispatcher sees of one pool. */
    static PoolDemand demand(String component, int ready) {
        var pool =
                new PoolObservation(
                        component, ready, 0, 0, 0, List.of(), List.of(), List.of(), List.of(),
                        List.of(), List.of());
        return new PoolDemand(RUN, START, "observe", 0, List.of(pool), List.of(), List.of());
    }
}
