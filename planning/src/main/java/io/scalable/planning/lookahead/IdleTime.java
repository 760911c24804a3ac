package io.scalable.planning.lookahead;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * How long an idle worker is worth keeping, learned from the work itself: for every level of demand
 * it notes how long demand stayed below before it came back, or stays below until now. Of all idle
 * times it chooses the one that would have cost least, idling and restarts together (the ski-rental
 * problem with the distribution learned).
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
     * The best idle time in seconds; none while little is known.
     *
     * @param restart what another start costs, as idle seconds
     * @param now as in {@link #observe}
     */
    double best(double restart, double now) {
        if (gaps.size() < ENOUGH) {
            return 0;
        }
        double[] ended = gaps.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double[] lasting =
                Arrays.stream(lastAt).filter(at -> at < now).map(at -> now - at).sorted().toArray();
        double least = restart * ended.length;
        double best = 0;
        double waited = 0;
        int over = 0;
        for (int i = 0; i < ended.length; i++) {
            waited += ended[i];
            while (over < lasting.length && lasting[over] <= ended[i]) {
                waited += lasting[over++];
            }
            double longer = (ended.length - 1 - i) * (ended[i] + restart);
            double cost = waited + longer + (lasting.length - over) * ended[i];
            if (cost < least) {
                least = cost;
                best = ended[i];
            }
        }
        return best;
    }
}
