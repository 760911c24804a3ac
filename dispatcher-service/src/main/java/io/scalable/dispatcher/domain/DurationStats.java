package io.scalable.dispatcher.domain;

/**
 * How long the tasks of one name have run so far. Mean and spread by Welford's method, so that one
 * small row is enough.
 *
 * @param task the task's name
 * @param count how many were measured
 * @param mean their mean, seconds
 * @param squares sum of the squared distances from the mean
 * @param recent a mean that forgets: the warm-up of the first ones fades, seconds
 */
public record DurationStats(String task, long count, double mean, double squares, double recent)
        implements Row {

    /** Weight of the newest measurement in {@link #recent}. */
    private static final double NEWEST = 0.1;

    /** Standard deviations from the mean to the 95th percentile of a normal distribution. */
    private static final double P95 = 1.645;

    static DurationStats none(String task) {
        return new DurationStats(task, 0, 0, 0, 0);
    }

    DurationStats after(double seconds) {
        long n = count + 1;
        double newMean = mean + (seconds - mean) / n;
        return new DurationStats(
                task,
                n,
                newMean,
                squares + (seconds - mean) * (seconds - newMean),
                count == 0 ? seconds : recent + NEWEST * (seconds - recent));
    }

    /** Nearly all tasks of the name take less than this, seconds; 0 while nothing is known. */
    double p95Seconds() {
        return count < 2 ? mean : mean + P95 * Math.sqrt(squares / (count - 1));
    }

    @Override
    public String key() {
        return "n/" + task;
    }
}
