package energy.model;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A model whose parameters are uncertain: each replica is fitted to a history that might as well
 * have been (what the model expects plus redrawn residuals), and then continues the true one.
 *
 * <p>It works on square roots. Paths stay at or above 0, large values scatter more than small ones,
 * and growth goes on without becoming exponential.
 *
 * @param model what is fitted
 * @param replicas how many fits make one point forecast, at least 1
 * @param random where the draws come from; the same seed gives the same numbers
 */
public record Bootstrapped(Model model, int replicas, RandomGenerator random)
        implements Forecaster {

    /** The median forecast of all replicas. */
    @Override
    public double[] forecast(double[] history, int steps) {
        var roots = roots(history);
        var fitted = model.fit(roots);
        var residuals = fitted.residuals();
        var forecasts = new double[steps][replicas];
        for (int r = 0; r < replicas; r++) {
            var forecast = replica(roots, residuals).forecast(steps);
            for (int i = 0; i < steps; i++) {
                forecasts[i][r] = forecast[i];
            }
        }
        return squares(Arrays.stream(forecasts).mapToDouble(Bootstrapped::median).toArray());
    }

    /** One random path of one replica. */
    public double[] path(double[] history, int steps) {
        var roots = roots(history);
        var residuals = model.fit(roots).residuals();
        var replica = replica(roots, residuals);
        return squares(replica.path(BlockBootstrap.draw(residuals, steps, random)));
    }

    private Fitted replica(double[] roots, double[] residuals) {
        var redrawn = BlockBootstrap.draw(residuals, residuals.length, random);
        var otherHistory = roots.clone();
        int first = roots.length - residuals.length;
        for (int i = 0; i < residuals.length; i++) {
            otherHistory[first + i] += redrawn[i] - residuals[i];
        }
        return model.fit(otherHistory).on(roots);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static double[] roots(double[] values) {
        return Arrays.stream(values).map(Math::sqrt).toArray();
    }

    private static double[] squares(double[] roots) {
        return Arrays.stream(roots).map(root -> root <= 0 ? 0 : root * root).toArray();
    }
}
