package io.scalable.planning;

import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a pool's workers come up. A worker that was starting and is gone without having been
 * ready has failed to start. After three failures in a row the pool keeps only the workers that it
 * has, waits, longer each time, and then tries with one.
 */
final class StartHealth {

    private static final int TOLERATED = 3;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private Set<String> starting = new HashSet<>();
    private final Set<String> excused = new HashSet<>();
    private int failures;
    private Instant waitUntil = Instant.MIN;

    void observe(PoolObservation pool, Instant now) {
        var present = new HashSet<String>();
        pool.starting().stream().map(StartingWorker::worker).forEach(present::add);
        long gone =
                starting.stream().filter(w -> !present.contains(w) && !excused.contains(w)).count();
        excused.retainAll(present);
        starting = present;
        int started = pool.startedAfterSeconds().size();
        if (started > 0) {
            failures = 0;
            waitUntil = Instant.MIN;
        }
        if (gone > started) {
            failures += (int) gone - started;
            if (failing()) {
                waitUntil = now.plus(wait(failures - TOLERATED));
            }
        }
    }

    /** A plan took the count down: launches that go now were cancelled, they did not fail. */
    void lowered() {
        excused.addAll(starting);
    }

    boolean failing() {
        return failures >= TOLERATED;
    }

    int failures() {
        return failures;
    }

    /** The most workers that the pool may have at {@code now}, where {@code up} are ready. */
    int limit(int up, Instant now) {
        if (!failing()) {
            return Integer.MAX_VALUE;
        }
        return now.isBefore(waitUntil) ? up : up + 1;
    }

    private static Duration wait(int times) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(times, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
