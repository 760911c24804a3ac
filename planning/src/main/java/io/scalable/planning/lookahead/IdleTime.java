package io.scalable.planning.lookahead;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * How long an idle worker is worth keeping, learned from the work itself: for every level of demand
 * it notes how long demand stayed below before it came back. Of all idle times it chooses the one
 * that would have cost least, idling and restarts together (the ski-rental problem with the
 * distribution learned).
 */
final class IdleTime {

    private static final int LEVELS = 512;
    private static final int REMEMBERED = 200;
    private static final int ENOUGH = 5;

    private final double[] lastAt = new double[LEVELS + 1];
    private final Deque<Double> gaps = new ArrayDeque<>();

    IdleTime() {
        Arrays.fill(lastAt, Double.NaN);
    }

    /**
     * @param demand the most tasks that waited or ran at once since the last time
     * @param passed seconds since the last time
     */
    void observe(int demand, double passed, double now) {
        for (int level = 1; level <= Math.min(LEVELS, demand); level++) {
            double gap = now - lastAt[level];
            if (gap > 1.5 * passed) {
                if (gaps.size() == REMEMBERED) {
                    gaps.removeFirst();
                }
                gaps.addLast(gap);
            }
            lastAt[level] = now;
        }
    }

    /**
     * The best idle time in seconds.
     *
     * @param restart what another start costs, as idle seconds
     */
    double best(double restart) {
        if (gaps.size() < ENOUGH) {
            return restart / 2;
        }
        double[] sorted = gaps.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double least = restart * sorted.length;
        double best = 0;
        double waited = 0;
        for (int i = 0; i < sorted.length; i++) {
            waited += sorted[i];
            double cost = waited + (sorted.length - 1 - i) * (sorted[i] + restart);
            if (cost < least) {
                least = cost;
                best = sorted[i];
            }
        }
        return best;
    }
}
