package io.scalable.provider.cloud.aws;

import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.backend.BackendUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The workers of a target's region and cluster, of whichever deployment and whoever launched them:
 * for finding those that nobody looks after. Calls take up to a minute.
 */
public final class AwsWorkers implements AutoCloseable {

    private final Ecs ecs;
    private final InstantSource clock;

    /** Those in the region and cluster that {@code target} names. */
    public AwsWorkers(TargetSpec target) {
        this.ecs = new EcsApi(AwsTarget.of(target));
        this.clock = InstantSource.system();
    }

    /**
     * A worker's task that has not stopped.
     *
     * @param handle the task's ARN
     * @param deploymentId whose
     * @param workerId the worker
     * @param state {@code PROVISIONING} ... {@code RUNNING} ... {@code DEPROVISIONING}
     * @param age since it was asked for
     * @param description how it is, for people
     */
    public record Owned(
            String handle,
            String deploymentId,
            String workerId,
            String state,
            Duration age,
            String description) {}

    /**
     * Those that have not stopped, oldest first.
     *
     * @throws BackendUnavailableException if AWS does not answer; the message says why
     */
    public List<Owned> alive() {
        List<EcsTask> tasks =
                asked(
                        () -> {
                            List<String> arns = ecs.list("", false);
                            return arns.isEmpty() ? List.of() : ecs.describe(arns);
                        });
        var alive = new ArrayList<>(tasks);
        alive.removeIf(EcsTask::ended);
        alive.sort(Comparator.comparing(EcsTask::createdAt));
        return alive.stream().map(this::owned).toList();
    }

    private Owned owned(EcsTask task) {
        Duration age = Duration.between(task.createdAt(), clock.instant());
        String since = age.toMinutes() + " min";
        return new Owned(
                task.arn(),
                task.deploymentId(),
                task.workerId(),
                task.status(),
                age,
                task.describe() + ", " + task.status() + ", " + since + " old");
    }

    /**
     * Stops tasks: SIGTERM, later SIGKILL. Those that are gone are no error.
     *
     * @throws BackendUnavailableException if AWS does not answer; the message says why
     */
    public void end(Collection<Owned> workers) {
        String reason = Ownership.STOPPED_BY + "swept, for nobody looks after it";
        for (Owned worker : workers) {
            boolean _ =
                    asked(
                            () -> {
                                ecs.stop(worker.handle(), reason);
                                return true;
                            });
        }
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (AwsException e) {
            throw new BackendUnavailableException(e.text(), e);
        }
    }

    @Override
    public void close() {
        ecs.close();
    }
}
