package io.scalable.simulation;

import org.jspecify.annotations.Nullable;

/**
 * An invariant does not hold; the message begins with its name. No RuntimeException: the cores
 * catch those of the backends that they call.
 */
final class BrokenInvariant extends Error {

    private static final long serialVersionUID = 1L;

    private final String invariant;

    BrokenInvariant(String invariant, String what) {
        this(invariant, what, null);
    }

    BrokenInvariant(String invariant, String what, @Nullable Throwable cause) {
        super(invariant + " is broken: " + what, cause);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}
