package io.scalable.contracts.deployment;

import io.scalable.contracts.scaling.ScalePlan;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One manifest deployed to one target: the record on {@code scalable.deployments}. Its tombstone
 * ends the deployment.
 *
 * @param deploymentId see {@link io.scalable.contracts.Ids}
 * @param project the manifest's project name; history is kept by it
 * @param createdAt when it was published
 * @param target where it runs
 * @param components the pools to be, in manifest order
 * @param tasks the compact task graph, in manifest order; empty for a deployment that takes tasks
 *     from outside
 * @param objective what the plan should achieve
 * @param policy how boldly
 * @param deadlineSeconds the walltime, counted from {@code createdAt}; null without one
 * @param providerHost who runs the reconcile loop for it: a host's id, such as {@code standalone}
 * @param storage where large payloads and task logs go
 * @param directory the folder that relative paths of the manifest mean, absolute
 * @param assignmentPartitions partitions of the deployment's assignments topic, at least 1
 * @param initialPlan the plan that the user started, generation 1; null lets the planner make it
 * @param evidence what earlier runs tell; null for nothing
 * @param files a zip of the project's files, in storage, that workers without a folder in common
 *     unpack into their own; null where {@code directory} is seen by all workers
 * @param pricing what workers cost and how much may be spent; null where nothing has a price
 */
public record DeploymentSpec(
        String deploymentId,
        String project,
        Instant createdAt,
        TargetSpec target,
        List<ComponentSpec> components,
        List<TaskGroup> tasks,
        Objective objective,
        Policy policy,
        @Nullable Double deadlineSeconds,
        String providerHost,
        URI storage,
        String directory,
        int assignmentPartitions,
        @Nullable ScalePlan initialPlan,
        @Nullable Evidence evidence,
        @Nullable URI files,
        @Nullable Pricing pricing) {
    public DeploymentSpec {
        components = List.copyOf(components);
        tasks = List.copyOf(tasks);
    }

    /** The walltime of Slurm jobs whose target gives none. */
    public static final Duration DEFAULT_WALLTIME = Duration.ofHours(1);

    private static final Duration SHORTEST_WALLTIME = Duration.ofMinutes(1);

    /**
     * The longest that one worker lives: on Slurm a job's walltime, to the second. Empty where
     * workers live as long as they are wanted.
     */
    public Optional<Duration> allocation() {
        if (!target.provider().equals("slurm")) {
            return Optional.empty();
        }
        if (deadlineSeconds == null) {
            return Optional.of(DEFAULT_WALLTIME);
        }
        Duration given = Duration.ofSeconds((long) Math.ceil(deadlineSeconds));
        return Optional.of(given.compareTo(SHORTEST_WALLTIME) < 0 ? SHORTEST_WALLTIME : given);
    }

    /** The component called {@code name}. */
    public Optional<ComponentSpec> component(String name) {
        return components.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /**
     * The component that tasks tagged {@code tag} go to: by name first, else by the first that
     * lists the tag.
     */
    public Optional<ComponentSpec> route(String tag) {
        return component(tag)
                .or(() -> components.stream().filter(c -> c.answersTo(tag)).findFirst());
    }

    /** The task group called {@code name}. */
    public Optional<TaskGroup> task(String name) {
        return tasks.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** The same deployment with other components and tasks. */
    public DeploymentSpec withWork(List<ComponentSpec> components, List<TaskGroup> tasks) {
        return with(components, tasks, directory, initialPlan, evidence, files, pricing);
    }

    /** The same deployment with another first plan. */
    public DeploymentSpec withInitialPlan(@Nullable ScalePlan plan) {
        return with(components, tasks, directory, plan, evidence, files, pricing);
    }

    /** The same deployment where earlier runs tell something. */
    public DeploymentSpec withEvidence(Evidence earlier) {
        return with(components, tasks, directory, initialPlan, earlier, files, pricing);
    }

    /** The same deployment whose workers stand in another folder. */
    public DeploymentSpec withDirectory(String other) {
        return with(components, tasks, other, initialPlan, evidence, files, pricing);
    }

    /** The same deployment whose workers unpack {@code zip}; null for none. */
    public DeploymentSpec withFiles(@Nullable URI zip) {
        return with(components, tasks, directory, initialPlan, evidence, zip, pricing);
    }

    /** The same deployment at other prices; null for none. */
    public DeploymentSpec withPricing(@Nullable Pricing prices) {
        return with(components, tasks, directory, initialPlan, evidence, files, prices);
    }

    private DeploymentSpec with(
            List<ComponentSpec> otherComponents,
            List<TaskGroup> otherTasks,
            String otherDirectory,
            @Nullable ScalePlan otherPlan,
            @Nullable Evidence otherEvidence,
            @Nullable URI otherFiles,
            @Nullable Pricing otherPricing) {
        return new DeploymentSpec(
                deploymentId,
                project,
                createdAt,
                target,
                otherComponents,
                otherTasks,
                objective,
                policy,
                deadlineSeconds,
                providerHost,
                storage,
                otherDirectory,
                assignmentPartitions,
                otherPlan,
                otherEvidence,
                otherFiles,
                otherPricing);
    }
}
