package io.scalable.provider.cloud.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * How many tasks may be launched now. Pure, told the time; not thread-safe.
 *
 * <p>AWS lets an account make 20 calls of RunTask a second. After a call that came to nothing there
 * is a wait, which doubles while that goes on; what follows it is one call, to see.
 */
final class LaunchPace {

    private static final int MOST_AT_ONCE = 10;
    private static final double PER_SECOND = 20;
    private static final double BURST = 20;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final Duration longest;
    private double tokens = BURST;
    private Instant filled = Instant.EPOCH;
    private Instant next = Instant.MIN;
    private int failures;

    /**
     * @param longest the most that a wait grows to
     */
    LaunchPace(Duration longest) {
        this.longest = longest;
    }

    /** How many at most, all at the same time; they are counted as made. */
    int room(Instant now) {
        if (now.isBefore(next)) {
            return 0;
        }
        double since = Duration.between(filled, now).toMillis() / 1000.0;
        tokens = Math.min(BURST, tokens + Math.max(0, since) * PER_SECOND);
        filled = now;
        return failures > 0 ? Math.min(1, (int) tokens) : Math.min(MOST_AT_ONCE, (int) tokens);
    }

    /** So many calls are being made. */
    void took(int calls) {
        tokens -= calls;
    }

    /** A call did what it should. */
    void worked() {
        failures = 0;
    }

    /** Calls came to nothing; those of one moment count once. */
    void failed(Instant now) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
        next = now.plus(wait.compareTo(longest) < 0 ? wait : longest);
        failures++;
    }
}
