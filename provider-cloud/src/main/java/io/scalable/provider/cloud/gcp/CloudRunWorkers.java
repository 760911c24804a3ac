package io.scalable.provider.cloud.gcp;

import io.scalable.contracts.deployment.TargetSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds and ends workers on Cloud Run, whoever started them. Calls block. */
public final class CloudRunWorkers implements AutoCloseable {

    /**
     * A worker's pool.
     *
     * @param pool its name, to delete it by
     * @param since when it was made; null if the API does not say
     * @param state how it is, for people: {@code running}, {@code being deleted}, or why it is not
     */
    public record Worker(
            String workerId,
            String deploymentId,
            String component,
            String pool,
            @Nullable Instant since,
            String state) {}

    private final CloudRun cloud;

    private CloudRunWorkers(CloudRun cloud) {
        this.cloud = cloud;
    }

    /** Those of a project in a region, as this process's credentials may see them. */
    public static CloudRunWorkers in(String project, String region) {
        return in(GoogleCloud.ofThisProcess(), project, region);
    }

    /** Those of a target's project in its region. */
    public static CloudRunWorkers of(TargetSpec target) {
        GoogleCloud google = GoogleCloud.ofThisProcess();
        return in(google, GcpPlace.project(target, google.project()), GcpPlace.region(target));
    }

    static CloudRunWorkers in(GoogleCloud google, String project, String region) {
        return new CloudRunWorkers(google.run(project, region));
    }

    /**
     * All of Scalable's worker pools there.
     *
     * @throws GoogleException if they cannot be listed
     */
    public List<Worker> list() {
        return cloud.list().stream()
                .map(
                        pool ->
                                new Worker(
                                        pool.workerId(),
                                        pool.deploymentId(),
                                        pool.component(),
                                        pool.name(),
                                        pool.created(),
                                        words(pool.state())))
                .toList();
    }

    /**
     * Deletes a worker's pool; one that is gone is well.
     *
     * @throws GoogleException if it cannot be deleted
     */
    public void delete(Worker worker) {
        try {
            CloudRun.Operation unused = cloud.delete(worker.pool());
        } catch (GoogleException e) {
            if (e.kind() != GoogleException.Kind.MISSING) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        cloud.close();
    }

    private static String words(PoolState state) {
        return switch (state) {
            case PoolState.Coming(var reason) -> reason;
            case PoolState.Up _ -> "running";
            case PoolState.Broken(var message) -> message;
            case PoolState.Leaving _ -> "being deleted";
        };
    }
}
