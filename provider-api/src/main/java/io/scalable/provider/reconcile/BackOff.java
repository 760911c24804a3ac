package io.scalable.provider.reconcile;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a pool waits before its next launch after workers that never became ready. The wait
 * doubles with each failure; workers that were asked for before the wait began add nothing, so a
 * batch that fails together counts once.
 *
 * @param failures start failures in a row
 * @param since when the newest of them was counted
 * @param until no launch before
 */
record BackOff(int failures, Instant since, Instant until) {

    static final BackOff NONE = new BackOff(0, Instant.MIN, Instant.MIN);

    boolean blocks(Instant now) {
        return now.isBefore(until);
    }

    BackOff afterFailure(Instant requestedAt, Instant now, Timings timings) {
        if (requestedAt.isBefore(since)) {
            return this;
        }
        return new BackOff(failures + 1, now, now.plus(wait(failures, timings)));
    }

    private static Duration wait(int failuresBefore, Timings timings) {
        Duration wait = timings.firstWait();
        for (int i = 0; i < failuresBefore && wait.compareTo(timings.longestWait()) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(timings.longestWait()) < 0 ? wait : timings.longestWait();
    }
}
