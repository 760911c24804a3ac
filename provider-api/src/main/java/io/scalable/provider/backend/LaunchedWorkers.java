package io.scalable.provider.backend;

import java.util.Collection;
import java.util.List;

/**
 * All workers of Scalable that a backend has, of whichever deployment and whoever launched them:
 * for finding those that nobody looks after. Calls may take up to a minute.
 */
public interface LaunchedWorkers extends AutoCloseable {

    /**
     * One of them.
     *
     * @param handle what the backend calls it: a job's id, a pod's name
     * @param deploymentId the deployment
     * @param workerId the worker
     * @param description how it is, for people
     */
    record LaunchedWorker(
            String handle, String deploymentId, String workerId, String description) {}

    /**
     * Those that have not ended.
     *
     * @throws BackendUnavailableException if the backend does not answer; the message says why
     */
    List<LaunchedWorker> alive();

    /**
     * Ends workers; one that is gone is no error.
     *
     * @throws BackendUnavailableException if the backend does not answer; the message says why
     */
    void end(Collection<LaunchedWorker> workers);

    @Override
    default void close() {}
}
