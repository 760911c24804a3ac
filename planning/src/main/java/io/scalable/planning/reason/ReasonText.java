package io.scalable.planning.reason;

import java.util.Locale;

/** How reasons are worded. */
public final class ReasonText {

    private ReasonText() {}

    /** Seconds, finer where they are few. */
    public static String seconds(double seconds) {
        return format(seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    /** Cents are too coarse for what seconds cost. */
    public static String money(double amount, String currency) {
        return format(amount < 1 ? "%.4f %s" : "%.2f %s", amount, currency);
    }

    /** {@code 1 task}, {@code 3 tasks}. */
    public static String tasks(int count) {
        return count + (count == 1 ? " task" : " tasks");
    }

    /** As {@link String#format}, in no locale. */
    public static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
