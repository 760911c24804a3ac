package io.scalable.planning.estimate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The latest durations seen of one kind of task. Running tasks count as censored evidence: that one
 * runs for 60 s says that it takes longer. The estimate is the product-limit (Kaplan-Meier) one.
 */
public final class Durations {

    private static final int WINDOW = 200;

    /** With fewer completions than this, the 95th percentile is at least 1.5 medians. */
    private static final int FEW = 5;

    private static final double TINY = 1e-9;

    private final Deque<Double> recent = new ArrayDeque<>();
    private double[] ascending = {};
    private boolean upToDate = true;

    /** These, the oldest first. */
    public static Durations of(List<Double> seconds) {
        var durations = new Durations();
        seconds.forEach(durations::add);
        return durations;
    }

    /** Learns one more; the oldest of more than 200 is forgotten. */
    public void add(double seconds) {
        if (recent.size() == WINDOW) {
            recent.removeFirst();
        }
        recent.addLast(seconds);
        upToDate = false;
    }

    /** The durations kept, ascending; sorted when they are asked for. */
    private double[] sorted() {
        if (!upToDate) {
            ascending = recent.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            upToDate = true;
        }
        return ascending;
    }

    /**
     * What is kept in few numbers: all of them if there are no more than {@code most}, else so many
     * evenly spaced quantiles, ascending.
     *
     * @param most 1 or more
     */
    public List<Double> summary(int most) {
        double[] all = sorted();
        int count = Math.min(most, all.length);
        var summary = new ArrayList<Double>(count);
        for (int i = 0; i < count; i++) {
            summary.add(all[(int) ((i + 0.5) * all.length / count)]);
        }
        return summary;
    }

    /** True before the first completion. */
    public boolean isEmpty() {
        return recent.isEmpty();
    }

    /**
     * The estimate.
     *
     * @param runningAges how long tasks of the kind run already, seconds, in any order
     * @throws IllegalStateException if nothing has completed yet
     */
    public DurationEstimate estimate(double[] runningAges) {
        if (isEmpty()) {
            throw new IllegalStateException("no completions to estimate from");
        }
        double[] sorted = sorted();
        double[] ages = runningAges.clone();
        Arrays.sort(ages);
        int atRisk = sorted.length + ages.length;
        int censored = 0;
        double survival = 1;
        double last = 0;
        double mean = 0;
        double p50 = Double.NaN;
        double p95 = Double.NaN;
        for (double end : sorted) {
            while (censored < ages.length && ages[censored] < end) {
                censored++;
                atRisk--;
            }
            mean += survival * (end - last);
            last = end;
            survival *= 1 - 1.0 / atRisk--;
            p50 = Double.isNaN(p50) && survival <= 0.5 + TINY ? end : p50;
            p95 = Double.isNaN(p95) && survival <= 0.05 + TINY ? end : p95;
        }
        if (survival > TINY) {
            // Some have outlived everything seen: expect them to last half their age again.
            double oldest = ages[ages.length - 1];
            mean += survival * (1.5 * oldest - last);
            p50 = Double.isNaN(p50) ? 1.5 * oldest : p50;
            p95 = Double.isNaN(p95) ? 1.5 * oldest : p95;
        }
        if (sorted.length < FEW) {
            p95 = Math.max(p95, 1.5 * p50);
        }
        return new DurationEstimate(
                p50, p95, mean, sorted.length, DurationEstimate.Source.OBSERVED);
    }

    /**
     * The duration that a share {@code u} of the completions stayed below.
     *
     * @param u from 0 to 1, exclusive
     */
    public double quantile(double u) {
        double[] sorted = sorted();
        return sorted[Math.min(sorted.length - 1, (int) (u * sorted.length))];
    }

    /** How many are kept. */
    public int size() {
        return recent.size();
    }

    /**
     * Seconds that a task of this age still needs: quantile {@code u} of those that took longer.
     *
     * @param u from 0 to 1
     */
    public double residual(double age, double u) {
        double[] sorted = sorted();
        int from = Arrays.binarySearch(sorted, age);
        from = from < 0 ? -from - 1 : from;
        while (from < sorted.length && sorted[from] <= age) {
            from++;
        }
        // One that has outlived all takes half its age again, on average.
        return from == sorted.length
                ? age * u
                : sorted[Math.min(sorted.length - 1, from + (int) (u * (sorted.length - from)))]
                        - age;
    }

    /** Seconds that a task of this age still needs: the mean of those that took longer. */
    public double residual(double age) {
        double[] sorted = sorted();
        int from = Arrays.binarySearch(sorted, age);
        from = from < 0 ? -from - 1 : from;
        while (from < sorted.length && sorted[from] <= age) {
            from++;
        }
        return from == sorted.length
                ? age / 2
                : Arrays.stream(sorted, from, sorted.length).average().orElse(age) - age;
    }
}
