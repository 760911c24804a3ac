package io.scalable.provider.cloud.gcp;

import io.scalable.provider.cloud.gcp.PoolEntry.Ended;
import io.scalable.provider.cloud.gcp.PoolEntry.Made;
import io.scalable.provider.platform.ReportedWorkers;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells from what a worker says of itself, or does not say, that its pool is to go. Cloud Run does
 * not tell: it starts a container that ends again.
 *
 * @param start how long the worker in a container that runs may say nothing
 */
record WorkerEnd(ReportedWorkers reported, Duration start) {

    /** How the worker has ended; null if it has not. */
    @Nullable Ended of(String workerId, Made made, Instant now) {
        if (reported.hasLeft(workerId)) {
            return new Ended("left", true);
        }
        String pool = "worker pool " + made.pool() + ": ";
        if (reported.startedAgain(workerId)) {
            return new Ended(
                    pool
                            + "its container ended and Cloud Run started it again; what it ran is"
                            + " lost",
                    false);
        }
        boolean silent =
                made.up() != null
                        && !reported.wasReady(workerId)
                        && made.up().plus(start).isBefore(now);
        return silent
                ? new Ended(
                        pool
                                + "its container runs, and its worker said nothing for "
                                + start.toMinutes()
                                + " min: see that it reaches the broker, and read its log",
                        false)
                : null;
    }
}
