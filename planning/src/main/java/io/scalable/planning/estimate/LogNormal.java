package io.scalable.planning.estimate;

/**
 * A log-normal distribution of positive seconds: start delays, durations of which little is known.
 *
 * @param median half of the values are below, above 0
 * @param sigma standard deviation of the logarithm, 0 or more
 */
public record LogNormal(double median, double sigma) {

    private static final double LEAST = 1e-4;

    /** The value that a share {@code p} stays below; {@code p} is kept within 0.0001 to 0.9999. */
    public double quantile(double p) {
        return median * Math.exp(sigma * normalQuantile(Math.clamp(p, LEAST, 1 - LEAST)));
    }

    /** What is left of a value that has passed {@code age}: quantile {@code p} of the remainder. */
    public double remaining(double age, double p) {
        double passed = sigma == 0 || age <= 0 ? 0 : normalBelow(Math.log(age / median) / sigma);
        double target = passed + p * (1 - passed);
        // Beyond all experience: expect it to take a tenth longer still.
        return target > 1 - LEAST ? 0.1 * age : Math.max(0.1, quantile(target) - age);
    }

    /** A rational approximation, error below 4.5e-4 (Abramowitz and Stegun, 26.2.23). */
    private static double normalQuantile(double p) {
        if (p > 0.5) {
            return -normalQuantile(1 - p);
        }
        double t = Math.sqrt(-2 * Math.log(p));
        double top = 2.515517 + t * (0.802853 + t * 0.010328);
        double bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
        return top / bottom - t;
    }

    /** The logistic approximation of the normal distribution function, error below 1.4e-4. */
    private static double normalBelow(double z) {
        return 1 / (1 + Math.exp(-1.5976 * z - 0.07056 * z * z * z));
    }
}
