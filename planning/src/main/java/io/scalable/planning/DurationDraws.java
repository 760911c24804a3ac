package io.scalable.planning;

import io.scalable.planning.estimate.DurationEstimate;
import java.util.Random;

/**
 * Sampled durations of one task name: log-normal with the estimate's spread and mean. The same
 * place always gives the same draw, so that plans are compared on common random numbers.
 */
final class DurationDraws {

    private static final int SIZE = 4096;
    private static final double Z95 = 1.6449;
    private static final double[] NORMALS = normals();

    /** How far a whole run of tasks may be off together, where only a hint is known. */
    private static final double EXPECT_ERROR = 0.2;

    /** The same where nothing is known. */
    private static final double PRIOR_ERROR = 0.5;

    private final double[] draws = new double[SIZE];
    private final double[] sums = new double[SIZE + 1];
    private final double error;
    private final double meanResidual;

    /**
     * @param turnaround seconds that the slot is empty after each task
     */
    DurationDraws(DurationEstimate estimate, double turnaround) {
        double ratio = estimate.p50() > 0 ? estimate.p95() / estimate.p50() : 1;
        double sigma = Math.clamp(Math.log(Math.max(1, ratio)) / Z95, 0, 2);
        double scale = Math.max(1e-3, estimate.mean()) * Math.exp(-sigma * sigma / 2);
        double squares = 0;
        for (int i = 0; i < SIZE; i++) {
            draws[i] = scale * Math.exp(sigma * NORMALS[i]) + turnaround;
            sums[i + 1] = sums[i] + draws[i];
            squares += draws[i] * draws[i];
        }
        meanResidual = squares / (2 * sums[SIZE]);
        error =
                switch (estimate.source()) {
                    case OBSERVED -> sigma / Math.sqrt(Math.max(1, estimate.samples()));
                    case EXPECT -> EXPECT_ERROR;
                    case PRIOR -> PRIOR_ERROR;
                };
    }

    /** What is true of all tasks of the name in one scenario: the estimate may be off. */
    double factor(int place) {
        return Math.exp(error * normal(place));
    }

    double at(int place) {
        return draws[Math.floorMod(place, SIZE)];
    }

    /** The sum of {@code count} draws from {@code place} on. */
    double sum(int place, int count) {
        int from = Math.floorMod(place, SIZE);
        long end = (long) from + count;
        return (end / SIZE) * sums[SIZE] + sums[(int) (end % SIZE)] - sums[from];
    }

    /** What a task that runs at a random moment still needs, on average. */
    double meanResidual() {
        return meanResidual;
    }

    /** The longest rest among {@code slots} running tasks, at least the average one. */
    double longestResidual(int place, int slots) {
        double longest = meanResidual;
        for (int i = 0; i < Math.min(slots, SIZE); i++) {
            double share = (Math.floorMod(place + 7 * i, 97) + 0.5) / 97;
            longest = Math.max(longest, share * at(place + i));
        }
        return longest;
    }

    static double normal(int place) {
        return NORMALS[Math.floorMod(place, SIZE)];
    }

    private static double[] normals() {
        var random = new Random(20_260_301L);
        double[] normals = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            normals[i] = random.nextGaussian();
        }
        return normals;
    }
}
