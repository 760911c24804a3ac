package io.scalable.dispatcher.messaging;

import io.scalable.contracts.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * What follows when a stream thread fails. Trouble with the broker passes: the thread is replaced
 * after a wait that grows. Anything else would fail again: the dispatcher stops, and its owner is
 * told why. Thread-safe.
 */
final class StreamFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = Logger.getLogger(StreamFailures.class);
    private static final Backoff WAITS =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

    /** After so long without a failure the waits begin anew. */
    private static final Duration CALM = Duration.ofMinutes(2);

    private final Consumer<Throwable> stopped;
    private int failures;
    private long lastFailure = System.nanoTime();

    /**
     * @param stopped told why the dispatcher cannot go on
     */
    StreamFailures(Consumer<Throwable> stopped) {
        this.stopped = stopped;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (!passes(failure)) {
            LOG.error("the dispatcher cannot go on", failure);
            stopped.accept(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration wait = nextWait();
        LOG.warnf(
                "the dispatcher's thread failed on the broker and is replaced in %d ms: %s",
                wait.toMillis(), failure.getMessage());
        LockSupport.parkNanos(wait.toNanos());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** True if the same may work a while later. */
    static boolean passes(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }

    private synchronized Duration nextWait() {
        long now = System.nanoTime();
        failures = now - lastFailure > CALM.toNanos() ? 1 : failures + 1;
        lastFailure = now;
        return WAITS.delay(failures, ThreadLocalRandom.current().nextDouble());
    }
}
