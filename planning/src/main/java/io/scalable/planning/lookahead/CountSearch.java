package io.scalable.planning.lookahead;

import java.util.TreeSet;

/**
 * Searches the worker counts with the best score: one pool after the other, a few counts near the
 * present one, until nothing gets better. It starts from the counts in force and moves only for a
 * clear gain, so that counts do not flicker.
 */
final class CountSearch {

    private static final int[] STEPS = {
        0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 384,
        512, 768, 1024
    };

    private static final double CLEAR = 0.003;
    private static final int PASSES = 2;

    /** Fewer counts than this are not worth a search. */
    private static final int LEAST_TRIED = 12;

    /** What counts are judged by; lower is better. */
    interface Score {
        double of(int[] counts);
    }

    private final Score score;
    private final int[] least;
    private final int[] most;
    private int left;
    private int tried;

    /**
     * @param least the fewest workers of each pool
     * @param most the most workers of each pool
     * @param evaluations how many counts may be tried
     */
    CountSearch(Score score, int[] least, int[] most, int evaluations) {
        this.score = score;
        this.least = least;
        this.most = most;
        left = evaluations;
    }

    /** The best counts where every pool has the same, as far as its limits allow. */
    int[] uniform() {
        int[] best = same(1);
        double bestScore = Double.POSITIVE_INFINITY;
        for (int step : STEPS) {
            int[] counts = same(Math.max(1, step));
            double found = score.of(counts);
            if (found < bestScore - 1e-9) {
                best = counts;
                bestScore = found;
            }
        }
        return best;
    }

    /**
     * The best counts near {@code start}; {@code start} is moved into the limits.
     *
     * @param first the pool to begin with, so that all get their turn where not all can be tried
     */
    int[] near(int[] start, int first) {
        int[] counts = new int[start.length];
        for (int p = 0; p < counts.length; p++) {
            counts[p] = Math.clamp(start[p], least[p], most[p]);
        }
        if (left < LEAST_TRIED) {
            return counts;
        }
        left--;
        double best = score.of(counts);
        boolean better = true;
        for (int pass = 0; pass < PASSES && better; pass++) {
            better = false;
            for (int i = 0; i < counts.length && left > 0; i++) {
                double found = improve(counts, (first + i) % counts.length, best);
                better |= found < best;
                best = found;
                tried = pass == 0 ? i + 1 : tried;
            }
        }
        return counts;
    }

    /** How many pools had their turn. */
    int tried() {
        return tried;
    }

    private double improve(int[] counts, int p, double score0) {
        int now = counts[p];
        int chosen = now;
        double best = score0;
        for (int candidate : candidates(p, now)) {
            if (candidate != now) {
                counts[p] = candidate;
                left--;
                double found = score.of(counts);
                if (found < best - 1e-9) {
                    best = found;
                    chosen = candidate;
                }
            }
        }
        boolean clear = best < score0 - CLEAR;
        counts[p] = clear ? chosen : now;
        return clear ? best : score0;
    }

    private Iterable<Integer> candidates(int p, int now) {
        var found = new TreeSet<Integer>();
        int i = 0;
        while (i < STEPS.length - 1 && STEPS[i] < now) {
            i++;
        }
        for (int k = Math.max(0, i - 2); k <= Math.min(STEPS.length - 1, i + 3); k++) {
            found.add(Math.clamp(STEPS[k], least[p], most[p]));
        }
        found.add(least[p]);
        found.add(most[p]);
        return found;
    }

    private int[] same(int count) {
        int[] counts = new int[least.length];
        for (int p = 0; p < counts.length; p++) {
            counts[p] = Math.clamp(count, least[p], most[p]);
        }
        return counts;
    }
}
