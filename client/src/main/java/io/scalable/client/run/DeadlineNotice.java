package io.scalable.client.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells once that a run takes longer than its walltime. It goes on: a walltime is what plans aim
 * at, and work that is nearly done is not thrown away. Used by one thread.
 */
final class DeadlineNotice {

    private final @Nullable Double seconds;
    private final Instant start;
    private boolean told;

    /**
     * @param seconds the walltime; null for none
     * @param start when it began to count
     */
    DeadlineNotice(@Nullable Double seconds, Instant start) {
        this.seconds = seconds;
        this.start = start;
    }

    /** What to tell a person; empty before the walltime is over, without one, and afterwards. */
    Optional<String> at(Instant now) {
        if (told || seconds == null || seconds(start, now) <= seconds) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(
                "the run takes longer than its walltime of "
                        + spelled(Math.round(seconds))
                        + "; it goes on, since plans aim at a walltime and do not stop at it;"
                        + " Ctrl-C ends it");
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** {@code 1 h 30 min}, {@code 20 s}. */
    private static String spelled(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        String rest = seconds % 60 == 0 ? "" : " " + seconds % 60 + " s";
        return minutes < 60
                ? minutes + " min" + rest
                : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
}
