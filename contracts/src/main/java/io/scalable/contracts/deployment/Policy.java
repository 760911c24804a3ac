package io.scalable.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How boldly a plan is made and changed. */
public enum Policy {
    /** Plans for the 95th percentile with 20 % headroom; fewer scaling decisions. */
    SAFE,
    /** Plans for the median and scales at once. */
    AGGRESSIVE,
    /** The manifest's worker counts, never changed by the planner. */
    MANUAL;

    /** The word users write: {@code safe}, {@code aggressive}, {@code manual}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy written as {@code text}, or empty. */
    public static Optional<Policy> parse(String text) {
        return Arrays.stream(values()).filter(p -> p.text().equals(text)).findFirst();
    }

    @JsonCreator
    static Policy fromJson(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("unknown policy '" + text + "'"));
    }
}
