package io.scalable.dispatcher;

import com.fasterxml.jackson.databind.node.IntNode;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deployments, tasks and plans for tests. */
public final class Samples {

    public static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private Samples() {}

    /** A deployment with the pools {@code forecast} (tag {@code fc}) and {@code post}. */
    public static DeploymentSpec deployment(String id, URI storage, TaskGroup... groups) {
        return deployment(id, storage, START, "local", null, groups);
    }

    /** The same on Slurm, whose workers live {@code walltime}. */
    public static DeploymentSpec onSlurm(String id, URI storage, Duration walltime) {
        return deployment(id, storage, START, "slurm", (double) walltime.toSeconds());
    }

    /** The same as the first, created at another time. */
    public static DeploymentSpec createdAt(String id, Instant at) {
        return deployment(id, URI.create("file:/tmp/x"), at, "local", null);
    }

    private static DeploymentSpec deployment(
            String id,
            URI storage,
            Instant createdAt,
            String provider,
            @Nullable Double walltimeSeconds,
            TaskGroup... groups) {
        return new DeploymentSpec(
                id,
                "samples",
                createdAt,
                new TargetSpec(provider, provider, null, Map.of()),
                List.of(component("forecast", "fc"), component("post")),
                List.of(groups),
                Objective.MINIMIZE_TIME,
                Policy.SAFE,
                walltimeSeconds,
                "test",
                storage,
                "/tmp",
                4,
                null,
                null,
                null,
                null);
    }

    public static TaskGroup group(String name, int count, String... needs) {
        return new TaskGroup(
                name,
                "forecast",
                count,
                Arrays.stream(needs).map(n -> new Need(n, null)).toList(),
                null,
                true);
    }

    public static SubmitTask task(String deployment, String name, int index, String... needs) {
        return new SubmitTask(
                deployment,
                Ids.taskId(deployment, name, index),
                name,
                "forecast",
                index,
                new Work.Handler("samples.Tasks::run"),
                Payload.of(IntNode.valueOf(index)),
                List.of(needs),
                0,
                0,
                null,
                null);
    }

    public static ScalePlan plan(String deployment, long generation, int forecastWorkers) {
        var pool = new PoolPlan("forecast", forecastWorkers, "fewer tasks", "tasks");
        return new ScalePlan(deployment, generation, List.of(pool), 1, null, null, null, START);
    }

    private static ComponentSpec component(String name, String... tags) {
        return new ComponentSpec(
                name,
                null,
                null,
                1,
                1 << 30,
                1,
                new Bounds(0, 8),
                null,
                List.of(tags),
                Map.of(),
                Map.of(),
                List.of(),
                null);
    }
}
