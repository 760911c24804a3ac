package io.scalable.contracts.deployment;

/**
 * The hard limits of one pool's worker count.
 *
 * @param minimum workers that are always there, 0 or more
 * @param maximum workers that are never passed, at least {@code minimum} and at least 1
 */
public record Bounds(int minimum, int maximum) {
    public Bounds {
        if (minimum < 0 || maximum < 1 || maximum < minimum) {
            throw new IllegalArgumentException(
                    "bounds must satisfy 0 <= minimum <= maximum and maximum >= 1: "
                            + minimum
                            + ".."
                            + maximum);
        }
    }

    /** {@code workers} moved into the bounds. */
    public int clamp(int workers) {
        return Math.max(minimum, Math.min(maximum, workers));
    }
}
