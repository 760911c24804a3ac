package io.scalable.planning;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * How long workers of one target take from being requested to being ready. Three assumed values
 * fade as real ones come in.
 */
final class StartDelays {

    private static final int WINDOW = 15;
    private static final int ASSUMED = 3;

    private final Deque<Double> recent = new ArrayDeque<>();
    private final double typical;

    /**
     * @param provider the target's provider; each has a stated typical delay to begin with
     */
    StartDelays(String provider) {
        typical = Economics.of(provider).startSeconds();
    }

    void add(double seconds) {
        if (recent.size() == WINDOW) {
            recent.removeFirst();
        }
        recent.addLast(seconds);
    }

    /** The median, seconds. */
    double median() {
        int assumed = Math.min(ASSUMED, WINDOW - recent.size());
        double[] all =
                Stream.concat(recent.stream(), Stream.generate(() -> typical).limit(assumed))
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
        return all[all.length / 2];
    }
}
