package io.scalable.contracts;

import java.time.Duration;

/**
 * How long to wait before the next try of what may come back: twice as long after each failure, up
 * to a limit, less a random part so that many who wait do not come back at once. Immutable.
 *
 * @param first the wait after the first failure, more than zero
 * @param most the longest wait, {@code first} or more
 */
public record Backoff(Duration first, Duration most) {

    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("wanted 0 < first <= most: " + first + ", " + most);
        }
    }

    /**
     * The wait after so many failures in a row.
     *
     * @param failures 1 or more
     * @param random from 0 (the whole wait) to below 1 (half of it): where in the range to be
     */
    public Duration delay(int failures, double random) {
        if (failures < 1 || random < 0 || random >= 1) {
            throw new IllegalArgumentException("failures " + failures + ", random " + random);
        }
        double doubled = first.toNanos() * Math.pow(2, Math.min(failures - 1, 62));
        double whole = Math.min(doubled, most.toNanos());
        return Duration.ofNanos((long) (whole * (1 - random / 2)));
    }
}
