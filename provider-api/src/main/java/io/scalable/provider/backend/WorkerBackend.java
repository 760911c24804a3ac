package io.scalable.provider.backend;

import java.time.Duration;
import java.util.Map;

/**
 * Starts, ends and lists the workers of one deployment. Every call returns soon; what became of it
 * is seen in the listing. Called by one thread.
 */
public interface WorkerBackend extends AutoCloseable {

    /**
     * Asks for a worker. Asking twice for the same worker id gives one worker.
     *
     * @throws LaunchRefusedException if it is certain that nothing was started; after any other
     *     exception the listing decides
     */
    void launch(LaunchOrder order);

    /**
     * Takes a launch back. A worker that turns out to be ready is left alone, and so is one that is
     * gone.
     */
    void cancel(String workerId);

    /** Asks a worker to end in good order, soon. Harmless when repeated or when it is gone. */
    void terminate(String workerId);

    /** Ends a worker at once, whatever it does. */
    void kill(String workerId);

    /**
     * All workers of the deployment that the backend knows, by worker id: alive, and ended ones
     * until they are forgotten.
     *
     * @throws BackendUnavailableException if the backend cannot say; nothing is concluded then
     */
    Map<String, WorkerStatus> observe();

    /** The worker's end is on record: the backend may drop what it keeps of it. */
    void forget(String workerId);

    /**
     * How long after a launch the listing may still lack the worker. A worker missing from the
     * listing for longer is gone.
     */
    default Duration listingLag() {
        return Duration.ZERO;
    }

    /**
     * How long a launch takes at present, from order to ready. A worker whose allocation ends
     * within this is replaced ahead of time; zero where allocations do not end.
     */
    default Duration launchLead() {
        return Duration.ZERO;
    }

    /**
     * Lets go of the backend. Workers that cannot live without this process are ended first, in
     * good order; the listing afterwards shows how. Others go on and are adopted by the next host.
     */
    @Override
    void close();
}
