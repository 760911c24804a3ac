package energy.model;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The stationary bootstrap of Politis and Romano: draws residuals in runs of random length, so that
 * bad years that came in a row may come in a row again.
 */
final class BlockBootstrap {

    /** The mean length of a run, years. */
    private static final double MEAN_RUN = 3;

    private BlockBootstrap() {}

    /** {@code length} draws from {@code residuals}, which are centred first. */
    static double[] draw(double[] residuals, int length, RandomGenerator random) {
        double mean = Arrays.stream(residuals).average().orElseThrow();
        var drawn = new double[length];
        int at = random.nextInt(residuals.length);
        for (int i = 0; i < length; i++) {
            drawn[i] = residuals[at] - mean;
            boolean newRun = random.nextDouble() < 1 / MEAN_RUN;
            at = newRun ? random.nextInt(residuals.length) : (at + 1) % residuals.length;
        }
        return drawn;
    }
}
