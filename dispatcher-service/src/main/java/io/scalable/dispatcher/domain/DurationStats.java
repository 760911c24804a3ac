package io.scalable.dispatcher.domain;

/**
 * How long the tasks of one name have run so far. Mean and spread by Welford's method, so that no
 * list of durations is kept.
 *
 * @param count how many were measured
 * @param mean their mean, seconds
 * @param squares sum of the squared distances from the mean
 * @param recent a mean that forgets: the warm-up of the first ones fades, seconds
 */
public record DurationStats(long count, double mean, double squares, double recent) {

    /** Weight of the newest measurement in {@link #recent}. */
    private static final double NEWEST = 0.1;

    /** Standard deviations from the mean to the 95th percentile of a normal distribution. */
    private static final double P95 = 1.645;

    static DurationStats none() {
        return new DurationStats(0, 0, 0, 0);
    }

    DurationStats after(double seconds) {
        long n = count + 1;
        double newMean = mean + (seconds - mean) / n;
        return new DurationStats(
                n,
                newMean,
                squares + (seconds - mean) * (seconds - newMean),
                count == 0 ? seconds : recent + NEWEST * (seconds - recent));
    }

    /** Both together; {@code later} are the newer ones. */
    DurationStats plus(DurationStats later) {
        if (count == 0 || later.count == 0) {
            return count == 0 ? later : this;
        }
        long n = count + later.count;
        double apart = later.mean - mean;
        return new DurationStats(
                n,
                mean + apart * later.count / n,
                squares + later.squares + apart * apart * count * later.count / n,
                later.recent);
    }

    /** Nearly all tasks of the name take less than this, seconds; 0 while nothing is known. */
    double p95Seconds() {
        return count < 2 ? mean : mean + P95 * Math.sqrt(squares / (count - 1));
    }
}
