package io.scalable.planning;

import java.util.Locale;

/** How reasons are worded. */
public final class ReasonText {

    private ReasonText() {}

    static String seconds(double seconds) {
        return format(seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    /** Cents are too coarse for what seconds cost. */
    static String money(double amount, String currency) {
        return format(amount < 1 ? "%.4f %s" : "%.2f %s", amount, currency);
    }

    /** {@code 1 task}, {@code 3 tasks}. */
    public static String tasks(int count) {
        return count + (count == 1 ? " task" : " tasks");
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
