package io.scalable.cli;

import static java.util.Comparator.naturalOrder;

import io.scalable.client.run.RecordedTrace;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.TaskRecord;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.planning.simulation.ManifestTrace;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.SimulatedDeployment;
import io.scalable.planning.simulation.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is simulated.
 *
 * @param name what people call it
 * @param trace its tasks
 * @param own the deployment that a manifest or a run has; null for a trace
 * @param run what the run itself was like; null for anything else
 */
record SimulatedWorkload(
        String name, Trace trace, @Nullable DeploymentSpec own, @Nullable RunFacts run) {

    /**
     * How a recorded run went.
     *
     * @param id its id
     * @param makespan from its first task's being queued until its last one's end, seconds
     * @param leftOut tasks that never ran, and so are not simulated
     */
    record RunFacts(String id, double makespan, int leftOut) {}

    static SimulatedWorkload ofTrace(Path file) throws IOException {
        Trace trace = TraceReader.read(file);
        return new SimulatedWorkload(trace.name(), trace, null, null);
    }

    /** The tasks of a manifest, planned ones included; their durations are drawn. */
    static SimulatedWorkload ofManifest(
            ResolvedManifest manifest,
            @Nullable Objective objective,
            @Nullable Policy policy,
            PriceOptions prices,
            long seed) {
        String id = "simulation";
        var request =
                new DeploymentRequest(
                        id, Instant.EPOCH, Standalone.HOST, Path.of("").toUri(), objective, policy);
        DeploymentSpec spec = prices.price(manifest.deployment(request)).deployment();
        Trace trace =
                ManifestTrace.of(spec, manifest.submissions(id), new WorkEstimator(spec), seed);
        if (trace.tasks().isEmpty()) {
            throw new UserException("the manifest has no tasks, so there is nothing to simulate");
        }
        return new SimulatedWorkload(
                manifest.project(), trace, SimulatedDeployment.withPlannedTasks(spec), null);
    }

    /** The tasks of a recorded run, with the durations that were measured. */
    static SimulatedWorkload ofRun(RunFolder folder) throws IOException {
        DeploymentSpec spec = folder.deployment();
        List<TaskRecord> tasks = folder.tasks().read();
        Trace trace = RecordedTrace.of(spec, tasks);
        if (trace.tasks().isEmpty()) {
            throw new UserException(
                    "no task of run "
                            + spec.deploymentId()
                            + " has ended, so there is nothing to simulate");
        }
        Instant last = tasks.stream().map(TaskRecord::finishedAt).max(naturalOrder()).orElseThrow();
        Instant first =
                tasks.stream()
                        .flatMap(task -> Stream.ofNullable(task.queuedAt()))
                        .min(naturalOrder())
                        .orElse(spec.createdAt());
        double makespan = Duration.between(first, last).toMillis() / 1000.0;
        int leftOut = tasks.size() - trace.tasks().size();
        return new SimulatedWorkload(
                spec.project(), trace, spec, new RunFacts(spec.deploymentId(), makespan, leftOut));
    }

    /** Its name; a run's id with it. */
    String title() {
        return run == null ? name : name + ", run " + run.id();
    }

    /**
     * What the planner is told of. A run that is simulated as it was starts with the plan that it
     * started with.
     */
    DeploymentSpec deployment(ProviderModel model, Objective objective, Policy policy) {
        DeploymentSpec real = own;
        if (real == null) {
            return SimulatedDeployment.of(trace, model, objective, policy, null);
        }
        boolean asItWas =
                real.objective() == objective
                        && real.policy() == policy
                        && real.target().provider().equals(model.name());
        return SimulatedDeployment.of(real, model, objective, policy)
                .withInitialPlan(asItWas ? real.initialPlan() : null);
    }
}
