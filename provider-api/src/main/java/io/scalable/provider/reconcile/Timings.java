package io.scalable.provider.reconcile;

import java.time.Duration;

/**
 * How patient the reconcile loop is.
 *
 * @param grace from asking a worker to end to killing it
 * @param firstWait before the next launch after the first start failure of a pool
 * @param longestWait the most that this wait grows to
 */
public record Timings(Duration grace, Duration firstWait, Duration longestWait) {

    /** 10 s of grace; 1 s after the first start failure, doubling up to 60 s. */
    public static Timings defaults() {
        return new Timings(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(60));
    }
}
