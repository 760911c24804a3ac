package io.scalable.worker;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A worker in a Cloud Run worker pool of its own. Cloud Run starts a container that exits again,
 * which would be a second worker of the same id; so when its worker has ended, however it did, this
 * process deletes the pool, and stays until SIGTERM says that it is gone. Its one argument is
 * {@code env}, as of {@link WorkerMain}.
 */
public final class CloudRunWorkerMain {

    /** The environment variable with the pool's full name: {@code projects/.../workerPools/...}. */
    public static final String POOL = "SCALABLE_CLOUD_RUN_POOL";

    /** The environment variable with the API's root, where it is not Google's own. */
    public static final String ENDPOINT = "SCALABLE_CLOUD_RUN_ENDPOINT";

    private static final System.Logger LOG = System.getLogger(CloudRunWorkerMain.class.getName());
    private static final String API = "https://run.googleapis.com/";
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private CloudRunWorkerMain() {}

    public static void main(String[] args) throws InterruptedException {
        ProcessLogging.quiet();
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "pool-stopped"));
        int status = WorkerMain.run(args);
        String pool = System.getenv(POOL);
        if (pool == null || pool.isEmpty()) {
            LOG.log(Level.ERROR, "the environment variable {0} is not set", POOL);
            System.exit(1);
        }
        String api = System.getenv().getOrDefault(ENDPOINT, API);
        try (var own =
                new OwnPool(URI.create(api), OwnPool.metadataServer(System.getenv()), pool)) {
            deleteUntil(stopped, own);
        }
        System.exit(status);
    }

    /**
     * Once deletion is under way this process only waits for SIGTERM, if that was not what ended
     * the worker; until then it asks again.
     */
    private static void deleteUntil(CountDownLatch stopped, OwnPool own)
            throws InterruptedException {
        Duration wait = FIRST_WAIT;
        boolean over = false;
        while (!over) {
            String trouble = own.delete();
            if (trouble != null) {
                LOG.log(
                        Level.ERROR,
                        "the worker has ended and its pool cannot be deleted: {0}; the workers''"
                                + " service account needs run.workerpools.delete",
                        trouble);
            }
            over =
                    trouble == null && TerminationSignals.received()
                            || stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            Duration longer = wait.multipliedBy(2);
            wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
        }
    }
}
