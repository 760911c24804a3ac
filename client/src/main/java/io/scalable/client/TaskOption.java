package io.scalable.client;

import java.time.Duration;

/** How a task is to be run. Import the factories statically: {@code submit(f, x, tag("sim"))}. */
public sealed interface TaskOption {

    /** The component whose workers run it, or one of its tags. */
    static TaskOption tag(String tag) {
        return new Tag(tag);
    }

    /** Further attempts after failures of the task's own, 0 or more; 0 unless given. */
    static TaskOption retries(int retries) {
        return new Retries(retries);
    }

    /** The longest duration of an attempt; none unless given. */
    static TaskOption timeout(Duration timeout) {
        return new Timeout(timeout);
    }

    /** Larger goes first; 0 unless given. */
    static TaskOption priority(int priority) {
        return new Priority(priority);
    }

    /**
     * The name that durations are learned and reported by: letters, digits, dots, dashes,
     * underscores. {@code Class.method} unless given.
     */
    static TaskOption name(String name) {
        return new Name(name);
    }

    /** See {@link #tag}. */
    record Tag(String value) implements TaskOption {}

    /** See {@link #retries}. */
    record Retries(int value) implements TaskOption {
        public Retries {
            if (value < 0) {
                throw new IllegalArgumentException("retries must be 0 or more, found " + value);
            }
        }
    }

    /** See {@link #timeout}. */
    record Timeout(Duration value) implements TaskOption {
        public Timeout {
            if (!value.isPositive()) {
                throw new IllegalArgumentException("a timeout must be above 0, found " + value);
            }
        }
    }

    /** See {@link #priority}. */
    record Priority(int value) implements TaskOption {}

    /** See {@link #name}. */
    record Name(String value) implements TaskOption {
        public Name {
            if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                throw new IllegalArgumentException(
                        "a task's name is letters, digits, dots, dashes and underscores, found '"
                                + value
                                + "'");
            }
        }
    }
}
