package io.scalable.provider.cloud.gcp;

import java.time.Duration;

/**
 * How often Cloud Run is asked, and what time its answers take.
 *
 * @param moving between two listings while pools come or go
 * @param steady between two listings while nothing changes
 * @param longest the most that a wait grows to while nobody answers or a quota is reached
 * @param patience a listing older than this says nothing any more
 * @param visibility how long a listing may lack a pool that was made, or show one that is gone
 * @param shutdown how long a container may still run after its pool was deleted
 * @param start how long the worker in a container that runs may say nothing
 * @param batch the most pools that are made, deleted or looked at at a time
 */
record CloudRunPacing(
        Duration moving,
        Duration steady,
        Duration longest,
        Duration patience,
        Duration visibility,
        Duration shutdown,
        Duration start,
        int batch) {

    /** 2 s, 10 s, 60 s, 45 s, 30 s, 10 s, 15 min, 8. */
    static CloudRunPacing defaults() {
        return new CloudRunPacing(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(45),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                8);
    }

    /** The wait after {@code times} troubles in a row. */
    Duration growing(int times) {
        Duration wait = moving.multipliedBy(1L << Math.min(times, 10));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
