package io.scalable.planning.estimate;

import java.util.List;

/**
 * How long workers of one target take from being requested to being ready. Assumed starts, spread
 * as the target's stated delays are, fade as real ones come in.
 */
final class StartDelays {

    /** The stated start delay weighs like so many starts seen. */
    private static final int ASSUMED = 5;

    private static final double LEAST = 1e-3;

    private final double sigma;
    private final Durations starts = new Durations();
    private final Durations seen = new Durations();

    StartDelays(Economics economics) {
        sigma = economics.startSigma();
        var stated = new LogNormal(economics.startSeconds(), sigma);
        for (int i = 0; i < ASSUMED; i++) {
            starts.add(stated.quantile((i + 0.5) / ASSUMED));
        }
    }

    void add(double seconds) {
        starts.add(seconds);
        seen.add(seconds);
    }

    /** The starts that were seen, in so many numbers at most; see {@link Durations#summary}. */
    List<Double> summary(int most) {
        return seen.summary(most);
    }

    /**
     * The distribution.
     *
     * @param ages how long ago the starts under way were requested: they tell too, seconds
     */
    LogNormal given(double[] ages) {
        return new LogNormal(Math.max(LEAST, starts.estimate(ages).p50()), sigma);
    }
}
