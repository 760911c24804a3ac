package io.scalable.planning.estimate;

import java.util.Set;

/**
 * What starting and keeping a worker of a target costs, in time and money. Seconds throughout.
 *
 * @param startSeconds the typical time from requesting a worker to its being ready
 * @param startSigma the spread of that time: standard deviation of its logarithm, 0 or more
 * @param billedStartSeconds the part of a start that is paid for
 * @param minimumSeconds the least that is paid for a worker that came up
 * @param granularitySeconds what paid time is rounded up to, above 0
 * @param startFeeSeconds what every start request costs besides, as worker-seconds; cancelled ones
 *     too
 * @param walltimeSeconds how long a worker lives at most; infinite without a limit
 */
public record Economics(
        double startSeconds,
        double startSigma,
        double billedStartSeconds,
        double minimumSeconds,
        double granularitySeconds,
        double startFeeSeconds,
        double walltimeSeconds) {

    /** The providers of which something is assumed. */
    public static final Set<String> PROVIDERS =
            Set.of("local", "kubernetes", "aws", "gcp", "fargate", "slurm");

    /** What is assumed of a provider until starts were seen. */
    public static Economics of(String provider) {
        return switch (provider) {
            case "local" -> new Economics(1, 0.3, 1, 0, 1, 0.2, Double.POSITIVE_INFINITY);
            case "kubernetes" -> new Economics(20, 0.5, 14, 0, 1, 5, Double.POSITIVE_INFINITY);
            case "aws", "gcp", "fargate" ->
                    new Economics(60, 0.3, 42, 60, 1, 10, Double.POSITIVE_INFINITY);
            case "slurm" -> new Economics(305, 0.8, 5, 0, 1, 10, 86_400);
            default -> new Economics(30, 0.5, 20, 0, 1, 5, Double.POSITIVE_INFINITY);
        };
    }

    /** Worker-seconds paid for a worker that lived {@code seconds}, the fee not included. */
    public double bill(double seconds) {
        return seconds <= 0
                ? 0
                : Math.max(
                        minimumSeconds,
                        Math.ceil(seconds / granularitySeconds - 1e-9) * granularitySeconds);
    }
}
