package io.scalable.dispatcher.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How far each worker's clock is behind the dispatcher's, by what its reports say and when they
 * come. A report never comes before it was written, so the smallest of the last differences is the
 * nearest. Not kept in rows: the next heartbeat tells it again.
 */
final class WorkerClocks {

    /** So many of a worker's last reports are compared; a clock that was set is followed then. */
    private static final int SAMPLES = 9;

    private final Map<String, Offsets> workers = new HashMap<>();

    /** The last differences of one worker, nanoseconds. */
    private static final class Offsets {
        final long[] last = new long[SAMPLES];
        int count;

        void add(long nanos) {
            last[count++ % SAMPLES] = nanos;
        }

        long smallest() {
            return Arrays.stream(last, 0, Math.min(count, SAMPLES)).min().orElse(0);
        }
    }

    /** The worker wrote {@code at} on a report that comes {@code now}. */
    void sample(String workerId, Instant at, Instant now) {
        workers.computeIfAbsent(workerId, _ -> new Offsets()).add(nanos(Duration.between(at, now)));
    }

    /** The worker is no longer known. */
    void forget(String workerId) {
        workers.remove(workerId);
    }

    /** A time by the worker's clock, by the dispatcher's: of something that is to come. */
    Instant mapped(String workerId, Instant at) {
        Offsets offsets = workers.get(workerId);
        return offsets == null ? at : at.plusNanos(offsets.smallest());
    }

    /** A time by the worker's clock, by the dispatcher's: of something that is past. */
    Instant past(String workerId, Instant at, Instant now) {
        if (!workers.containsKey(workerId)) {
            return now;
        }
        Instant mapped = mapped(workerId, at);
        return mapped.isAfter(now) ? now : mapped;
    }

    /** The duration in nanoseconds, at most 290 years either way. */
    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE / 2 : Long.MAX_VALUE / 2;
        }
    }
}
