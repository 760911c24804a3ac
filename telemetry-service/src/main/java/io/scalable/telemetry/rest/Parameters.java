package io.scalable.telemetry.rest;

import io.scalable.contracts.task.TaskState;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a request; one that cannot be used is a problem that names it. */
final class Parameters {

    /** Entries that one answer holds at most. */
    static final int LARGEST_PAGE = 10_000;

    /** Entries that are passed over at most. */
    private static final int LARGEST_OFFSET = 1_000_000_000;

    private Parameters() {}

    static int limit(@Nullable String text, int otherwise) {
        return integer("limit", text, 1, LARGEST_PAGE, otherwise);
    }

    static int offset(@Nullable String text) {
        return integer("offset", text, 0, LARGEST_OFFSET, 0);
    }

    private static int integer(
            String name, @Nullable String text, int least, int most, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        String wanted = "a whole number from " + least + " to " + most;
        throw ProblemException.badParameter(name, wanted, text);
    }

    static Instant since(@Nullable String text) {
        if (text == null) {
            return Instant.EPOCH;
        }
        try {
            Instant moment = Instant.parse(text);
            if (!moment.isBefore(Instant.EPOCH) && moment.isBefore(LATEST)) {
                return moment;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw ProblemException.badParameter(
                "since", "a moment since 1970 such as 2026-01-31T14:25:01Z", text);
    }

    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    static @Nullable TaskState state(@Nullable String text) {
        if (text == null) {
            return null;
        }
        List<TaskState> states = Arrays.asList(TaskState.values());
        return states.stream()
                .filter(s -> s.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                ProblemException.badParameter(
                                        "state",
                                        "one of "
                                                + states.stream()
                                                        .map(TaskState::name)
                                                        .collect(Collectors.joining(", ")),
                                        text));
    }

    /** A name to filter by; databases hold no NUL. */
    static @Nullable String name(String parameter, @Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw ProblemException.badParameter(parameter, "a name without NUL", text);
        }
        return text;
    }
}
