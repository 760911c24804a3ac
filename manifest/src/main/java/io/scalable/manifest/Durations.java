package io.scalable.manifest;

import io.scalable.contracts.Limits;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of time: plain numbers are seconds; {@code 90s}, {@code 5m}, {@code 2h}, {@code 1d},
 * {@code 250ms}; {@code HH:MM:SS}; {@code D-HH}, {@code D-HH:MM} and {@code D-HH:MM:SS}. {@code
 * 10:30} is refused: to some it is minutes, to others hours.
 */
public final class Durations {

    /** What is wanted, for messages. */
    public static final String WANTED =
            "a duration above 0: seconds as a number, 90s, 5m, 2h, HH:MM:SS or D-HH:MM:SS";

    /** How durations are written as texts. */
    static final Pattern FORM =
            Pattern.compile(
                    "\\s*([0-9.eE+]+|[0-9.]+\\s*([mM][sS]|[sSmMhHdD])|\\d{1,6}:[0-5]\\d:[0-5]\\d"
                            + "|\\d{1,5}-\\d{1,2}(:[0-5]\\d(:[0-5]\\d)?)?)\\s*");

    private static final Pattern UNITS = Pattern.compile("([0-9.]+)\\s*(ms|s|m|h|d)");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,6}):(\\d\\d):(\\d\\d)");
    private static final Pattern DAYS =
            Pattern.compile("(\\d{1,5})-(\\d{1,2})(?::(\\d\\d)(?::(\\d\\d))?)?");

    private Durations() {}

    /**
     * Seconds, above 0 and within {@link Limits#LONGEST_SECONDS}; null if {@code text} is no such
     * duration.
     */
    public static @Nullable Double seconds(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        Double seconds = parse(trimmed);
        return seconds != null && seconds > 0 && seconds <= Limits.LONGEST_SECONDS ? seconds : null;
    }

    /** True for what is a duration, but beyond {@link Limits#LONGEST_SECONDS}. */
    static boolean isTooLong(String text) {
        Double seconds = parse(text.strip().toLowerCase(Locale.ROOT));
        return seconds != null && seconds > Limits.LONGEST_SECONDS;
    }

    private static @Nullable Double parse(String text) {
        BigDecimal plain = Numbers.decimal(text);
        if (plain != null) {
            return plain.doubleValue();
        }
        Matcher units = UNITS.matcher(text);
        if (units.matches()) {
            BigDecimal amount = Numbers.decimal(units.group(1));
            return amount == null ? null : amount.doubleValue() * factor(units.group(2));
        }
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            return clock(0, part(clock, 1), part(clock, 2), part(clock, 3));
        }
        Matcher days = DAYS.matcher(text);
        return days.matches() && part(days, 2) < 24
                ? clock(part(days, 1), part(days, 2), part(days, 3), part(days, 4))
                : null;
    }

    private static @Nullable Double clock(int days, int hours, int minutes, int seconds) {
        return minutes > 59 || seconds > 59
                ? null
                : (Double) (86_400.0 * days + 3_600.0 * hours + 60.0 * minutes + seconds);
    }

    private static int part(Matcher match, int group) {
        String digits = match.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static double factor(String unit) {
        return switch (unit) {
            case "ms" -> 0.001;
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
        };
    }
}
