package io.scalable.provider.platform;

import io.scalable.contracts.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many launches may be called for now, and of how many workers each. Calls are paid with tokens
 * that come back with time. A limit halves the batch, down to one worker, then makes launches wait,
 * longer after each failure; a launch that works doubles the batch. Pure, told the time and what is
 * random; not thread-safe.
 */
final class LaunchPace {

    /** Calls that may be made at once after a rest, in seconds of the rate. */
    private static final double BURST_SECONDS = 1;

    private final Traits traits;
    private final Backoff waits;
    private final double burst;
    private double tokens;
    private Instant filled = Instant.EPOCH;
    private Instant next = Instant.MIN;
    private int failures;
    private int batch;

    LaunchPace(Traits traits) {
        this.traits = traits;
        this.waits = new Backoff(traits.soon(), traits.longest());
        this.burst = Math.max(1, traits.launchesPerSecond() * BURST_SECONDS);
        this.tokens = burst;
        this.batch = traits.batch();
    }

    /** True if a launch may be called for now. */
    boolean ready(Instant now) {
        if (now.isBefore(next)) {
            return false;
        }
        double since = Math.max(0, Duration.between(filled, now).toMillis() / 1000.0);
        tokens = Math.min(burst, tokens + since * traits.launchesPerSecond());
        filled = now;
        return tokens >= 1;
    }

    /** The most workers that a launch may be for. */
    int batch() {
        return batch;
    }

    /** A launch is called for. */
    void called() {
        tokens -= 1;
    }

    /** A launch did what it should. */
    void worked() {
        failures = 0;
        batch = (int) Math.min(traits.batch(), 2L * batch);
    }

    /**
     * A launch of so many workers started nothing.
     *
     * @param random from 0 to below 1
     * @param retryAfter when the platform wants to be asked; null if it does not say
     */
    void failed(int workers, Instant now, double random, @Nullable Duration retryAfter) {
        if (workers > 1) {
            batch = Math.max(1, workers / 2);
            return;
        }
        Duration wait = waits.delay(++failures, random);
        next = now.plus(retryAfter == null || retryAfter.compareTo(wait) < 0 ? wait : retryAfter);
    }

    /** Nobody knows what a launch did: the next ones wait, their batches stay. */
    void unsure(Instant now, double random) {
        next = now.plus(waits.delay(++failures, random));
    }
}
