package io.scalable.provider.cloud.aws;

import io.scalable.contracts.deployment.TargetSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The workers of a target's region and cluster, of whichever deployment and whoever launched them.
 * Calls take up to a minute.
 */
public final class AwsWorkers implements AutoCloseable {

    private final Ecs ecs;

    /** Those in the cluster that {@code target} names. */
    public AwsWorkers(TargetSpec target) {
        this.ecs = new EcsApi(AwsTarget.of(target));
    }

    /**
     * A worker's task that has not stopped.
     *
     * @param arn the task's name
     * @param deploymentId whose
     * @param workerId the worker
     * @param state {@code PROVISIONING} ... {@code RUNNING} ... {@code DEPROVISIONING}
     * @param place what it runs on, for people
     * @param age since it was asked for
     */
    public record Owned(
            String arn,
            String deploymentId,
            String workerId,
            String state,
            String place,
            Duration age) {}

    /**
     * All that have not stopped, oldest first.
     *
     * @throws AwsException if AWS does not answer
     */
    public List<Owned> alive(Instant now) {
        List<String> arns = ecs.list("", false);
        var alive = new ArrayList<>(arns.isEmpty() ? List.<EcsTask>of() : ecs.describe(arns));
        alive.removeIf(EcsTask::ended);
        alive.sort((a, b) -> a.createdAt().compareTo(b.createdAt()));
        return alive.stream()
                .map(
                        task ->
                                new Owned(
                                        task.arn(),
                                        task.deploymentId(),
                                        task.workerId(),
                                        task.status(),
                                        task.describe(),
                                        Duration.between(task.createdAt(), now)))
                .toList();
    }

    /**
     * Stops tasks: SIGTERM, later SIGKILL. Those that are gone are no error.
     *
     * @throws AwsException if AWS does not answer
     */
    public void stop(Collection<Owned> workers) {
        workers.forEach(
                worker -> ecs.stop(worker.arn(), Ownership.STOPPED_BY + "swept, nobody owns it"));
    }

    @Override
    public void close() {
        ecs.close();
    }
}
