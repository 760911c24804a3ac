package io.scalable.provider.kafka;

import io.scalable.contracts.Backoff;
import io.scalable.provider.LedgerUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * How a loop bears with brokers: what may come back is tried for ever, longer apart after each
 * failure; what does not come back by itself, such as credentials that are refused, only for a
 * while. Time is handed in. Not thread-safe.
 */
final class BrokerPatience {

    /** How long refusals are borne: rights and passwords change while services run. */
    static final Duration REFUSALS = Duration.ofMinutes(1);

    private static final Backoff WAITS = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private @Nullable Instant refusedSince;
    private @Nullable Instant since;
    private int failures;

    /** The brokers answered. */
    void answered() {
        refusedSince = null;
        since = null;
        failures = 0;
    }

    /** Since when they fail; null if they do not. */
    @Nullable Instant since() {
        return since;
    }

    /**
     * The brokers failed.
     *
     * @param random from 0 to below 1
     * @return how long to wait before the next try; empty to give up
     */
    Optional<Duration> failed(RuntimeException why, Instant now, double random) {
        if (since == null) {
            since = now;
        }
        failures++;
        if (comesBack(why)) {
            refusedSince = null;
        } else if (refusedSince == null) {
            refusedSince = now;
        } else if (!now.isBefore(refusedSince.plus(REFUSALS))) {
            return Optional.empty();
        }
        return Optional.of(WAITS.delay(failures, random));
    }

    private static boolean comesBack(Throwable why) {
        return why instanceof RetriableException || why instanceof LedgerUnavailableException;
    }
}
