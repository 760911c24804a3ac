package io.scalable.planning.lookahead;

import io.scalable.planning.Durations;

/**
 * How long one pool's tasks take, at one moment. Tasks of a known pool are given durations spread
 * as those seen were, in a fixed order that mixes short and long; those of an unknown pool all get
 * the guess.
 */
final class PoolDurations {

    private static final double LEAST = 1e-3;
    private static final double LEAST_LEFT = 0.1;

    private final Durations seen;
    private final double mean;

    /**
     * @param guess seconds, where nothing was seen
     * @param ages how long the pool's tasks run already
     */
    PoolDurations(Durations seen, double guess, double[] ages) {
        this.seen = seen;
        double oldest = 0;
        for (double age : ages) {
            oldest = Math.max(oldest, age);
        }
        mean =
                Math.max(
                        LEAST,
                        seen.isEmpty() ? Math.max(guess, 2 * oldest) : seen.estimate(ages).mean());
    }

    boolean known() {
        return !seen.isEmpty();
    }

    double mean() {
        return mean;
    }

    /** The duration of the {@code n}th task to come. */
    double typical(int n) {
        return known() ? Math.max(LEAST, seen.quantile(mixed(n))) : mean;
    }

    /** What a task of this age still needs. */
    double residual(double age) {
        if (known()) {
            return Math.max(LEAST_LEFT, seen.residual(age));
        }
        return age < mean / 2 ? mean - age : Math.max(age / 2, LEAST_LEFT);
    }

    /** The van der Corput sequence: every stretch of it is spread evenly over 0 to 1. */
    private static double mixed(int n) {
        return (Integer.reverse(n) >>> 1) / (double) (1L << 31);
    }
}
