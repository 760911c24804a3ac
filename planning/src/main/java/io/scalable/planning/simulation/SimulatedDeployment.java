package io.scalable.planning.simulation;

import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.deployment.TaskGroup;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The deployment that a planner is told of in a simulation; it begins at the epoch. */
public final class SimulatedDeployment {

    private static final long MEMORY = 1_000_000_000L;

    private SimulatedDeployment() {}

    /**
     * A trace as a deployment: each task of a graph is a task group of its own, named by its id; of
     * a stream nothing is known before it comes.
     */
    public static DeploymentSpec of(
            Trace trace,
            ProviderModel model,
            Objective objective,
            Policy policy,
            @Nullable Double deadlineSeconds) {
        List<ComponentSpec> components =
                trace.pools().entrySet().stream()
                        .map(pool -> component(pool.getKey(), pool.getValue(), model))
                        .toList();
        List<TaskGroup> tasks =
                trace.graph()
                        ? trace.tasks().stream().map(SimulatedDeployment::group).toList()
                        : List.of();
        return new DeploymentSpec(
                trace.name(),
                trace.name(),
                Instant.EPOCH,
                new TargetSpec(model.name(), model.name(), trace.maxWorkers(), Map.of()),
                components,
                tasks,
                objective,
                policy,
                deadlineSeconds,
                "simulation",
                URI.create("simulation:/"),
                "",
                1,
                null,
                null,
                null,
                null);
    }

    /** The same deployment, with the tasks that are only planned as if they were submitted. */
    public static DeploymentSpec withPlannedTasks(DeploymentSpec spec) {
        return spec.withWork(
                spec.components(),
                spec.tasks().stream().map(SimulatedDeployment::runnable).toList());
    }

    /**
     * A deployment moved to a provider model, with another objective and policy. Its prices, and
     * what an hour may cost, stay as long as the provider is the same; a budget is not simulated.
     */
    public static DeploymentSpec of(
            DeploymentSpec spec, ProviderModel model, Objective objective, Policy policy) {
        TargetSpec target = spec.target();
        return new DeploymentSpec(
                spec.deploymentId(),
                spec.project(),
                Instant.EPOCH,
                new TargetSpec(target.name(), model.name(), target.maxWorkers(), target.options()),
                spec.components().stream().map(c -> within(c, model)).toList(),
                spec.tasks(),
                objective,
                policy,
                spec.deadlineSeconds(),
                spec.providerHost(),
                spec.storage(),
                spec.directory(),
                spec.assignmentPartitions(),
                null,
                spec.evidence(),
                null,
                staysAt(model, target.provider()) ? withoutBudget(spec.pricing()) : null);
    }

    private static boolean staysAt(ProviderModel model, String provider) {
        boolean cloud = provider.equals("aws") || provider.equals("gcp");
        return model.name().equals(provider)
                || (cloud && model.name().equals(ProviderModel.FARGATE.name()));
    }

    private static @Nullable Pricing withoutBudget(@Nullable Pricing prices) {
        return prices == null
                ? null
                : new Pricing(
                        prices.currency(),
                        prices.asOf(),
                        prices.perHour(),
                        prices.minimumSeconds(),
                        prices.startSeconds(),
                        prices.maxPerHour(),
                        null);
    }

    private static TaskGroup group(TraceTask task) {
        List<Need> needs =
                task.parents().stream().map(p -> new Need(String.valueOf(p), null)).toList();
        return new TaskGroup(task.name(), task.pool(), 1, needs, null, true);
    }

    private static TaskGroup runnable(TaskGroup group) {
        return new TaskGroup(
                group.name(),
                group.component(),
                group.count(),
                group.needs(),
                group.expectSeconds(),
                true);
    }

    private static ComponentSpec component(String name, TracePool pool, ProviderModel model) {
        return new ComponentSpec(
                name,
                null,
                null,
                pool.cores(),
                MEMORY,
                pool.slots(),
                new Bounds(0, Math.min(pool.maximum(), model.maximum())),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                null);
    }

    private static ComponentSpec within(ComponentSpec c, ProviderModel model) {
        int maximum = Math.min(c.bounds().maximum(), model.maximum());
        return new ComponentSpec(
                c.name(),
                c.image(),
                c.runtime(),
                c.cpus(),
                c.memoryBytes(),
                c.slots(),
                new Bounds(Math.min(c.bounds().minimum(), maximum), maximum),
                c.workers(),
                c.tags(),
                c.env(),
                c.mounts(),
                c.classpath(),
                c.preloadScript());
    }
}
