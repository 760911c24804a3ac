package io.scalable.client.run;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many tasks of a run may fail before the rest of it is stopped.
 *
 * @param number tasks, or percent of all tasks, 0 or more
 * @param percent true if {@code number} is percent
 */
public record MaxFails(double number, boolean percent) {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})|(\\d{1,3}(?:\\.\\d+)?)%");
    private static final double ALL = 100;

    public MaxFails {
        if (!(number >= 0) || percent && number > ALL) {
            throw new IllegalArgumentException("may not be " + number);
        }
    }

    /** Reads {@code 10} or {@code 2.5%}; empty for anything else. */
    public static Optional<MaxFails> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean percent = matcher.group(1) == null;
        double number = Double.parseDouble(matcher.group(percent ? 2 : 1));
        return percent && number > ALL
                ? Optional.empty()
                : Optional.of(new MaxFails(number, percent));
    }

    /**
     * True if so many failures are too many.
     *
     * @param failed tasks that failed for good
     * @param tasks all tasks of the run
     */
    public boolean exceededBy(int failed, int tasks) {
        return failed > (percent ? number / ALL * tasks : number);
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        String digits =
                number == Math.rint(number)
                        ? String.format(Locale.ROOT, "%.0f", number)
                        : String.valueOf(number);
        return percent ? digits + "%" : digits;
    }
}
