package io.scalable.planning.workload;

import java.util.Random;

/** How long the tasks of one pool run: log-normal, with a median and a spread drawn at random. */
final class DrawnDurations {

    private static final double LEAST = 0.1;

    private final Random random;
    private final double median;
    private final double sigma;

    private DrawnDurations(Random random, double median, double sigma) {
        this.random = random;
        this.median = median;
        this.sigma = sigma;
    }

    /** From tasks of a fraction of a second to those of ten minutes; from equal to very unequal. */
    static DrawnDurations of(Random random) {
        return new DrawnDurations(random, between(random, 0.2, 600), between(random, 0.05, 1.2));
    }

    static DrawnDurations of(Random random, double median, double sigma) {
        return new DrawnDurations(random, median, sigma);
    }

    double draw() {
        return Math.max(LEAST, median * Math.exp(sigma * random.nextGaussian()));
    }

    /** A number whose logarithm is uniform. */
    static double between(Random random, double least, double most) {
        return least * Math.pow(most / least, random.nextDouble());
    }
}
