package io.scalable.planning.estimate;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How long a task is thought to take.
 *
 * @param p50 the median, seconds
 * @param p95 the 95th percentile, seconds
 * @param mean the mean, seconds; what sums of many tasks go by
 * @param samples completions that it rests on; 0 without any
 * @param source what it rests on
 */
public record DurationEstimate(double p50, double p95, double mean, int samples, Source source) {

    /** What an estimate rests on. */
    public enum Source {
        /** Completions seen, with the ages of running tasks. */
        @JsonProperty("observed")
        OBSERVED,
        /** The user's {@code expect} hint. */
        @JsonProperty("expect")
        EXPECT,
        /** Nothing: the stated assumption. */
        @JsonProperty("prior")
        PRIOR
    }

    private static final double Z95 = 1.6449;

    /** Estimates without completions are log-normal: durations are positive and skewed. */
    public static DurationEstimate logNormal(double median, double sigma, Source source) {
        return new DurationEstimate(
                median,
                median * Math.exp(Z95 * sigma),
                median * Math.exp(sigma * sigma / 2),
                0,
                source);
    }

    /**
     * The same shape, stretched until a task that already runs for {@code age} seconds is at most
     * half way to the 95th percentile. What still runs tells, before anything has ended.
     */
    public DurationEstimate stretchedBy(double age) {
        double factor = Math.max(1, 2 * age / p95);
        return new DurationEstimate(p50 * factor, p95 * factor, mean * factor, samples, source);
    }

    /** Seconds that a task of this age still needs, by the shape alone. */
    public double residual(double age) {
        return Math.max(mean - age, age / 2);
    }

    /** How much this may be trusted, from 0 to 1: by sample size and by spread. */
    public double confidence() {
        return switch (source) {
            case PRIOR -> 0.1;
            case EXPECT -> 0.4;
            case OBSERVED -> samples / (samples + 3.0) * Math.min(1, Math.sqrt(2 * p50 / p95));
        };
    }
}
