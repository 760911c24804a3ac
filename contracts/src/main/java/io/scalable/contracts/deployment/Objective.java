package io.scalable.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What a plan should achieve. */
public enum Objective {
    /** The cheapest worker count that finishes within the walltime. */
    MINIMIZE_COST("minimize cost"),
    /** The fastest within the bounds. */
    MINIMIZE_TIME("minimize time"),
    /** The point of the cost-time front with the smallest worst normalised regret. */
    BALANCE("balance");

    private final String text;

    Objective(String text) {
        this.text = text;
    }

    /** The words users write: {@code minimize cost}, {@code minimize time}, {@code balance}. */
    @JsonValue
    public String text() {
        return text;
    }

    /** The objective written as {@code text}, or empty. */
    public static Optional<Objective> parse(String text) {
        return Arrays.stream(values()).filter(o -> o.text.equals(text)).findFirst();
    }

    @JsonCreator
    static Objective fromJson(String text) {
        return parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown objective '" + text + "'"));
    }
}
