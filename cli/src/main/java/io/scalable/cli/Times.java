package io.scalable.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments and durations in tables. */
final class Times {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final double MINUTE = 60;

    private Times() {}

    /** In this machine's time zone; a dash for none. */
    static String moment(@Nullable Instant at) {
        return at == null ? "-" : MOMENT.format(at.atZone(ZoneId.systemDefault()));
    }

    /** A dash for none. */
    static String seconds(@Nullable Double seconds) {
        return seconds == null
                ? "-"
                : seconds < MINUTE
                        ? String.format(Locale.ROOT, "%.1f s", seconds)
                        : Progress.seconds(Duration.ofMillis((long) (seconds * 1000)));
    }
}
