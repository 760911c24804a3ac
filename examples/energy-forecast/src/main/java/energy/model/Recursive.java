package energy.model;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A model given by a {@link Filter}: its parameters are those with the least squared one-step
 * errors.
 *
 * @param start makes a filter that has seen nothing, with the given parameters
 * @param box the parameters' ranges
 */
record Recursive(Function<double[], Filter> start, Box box) implements Model {

    /** Values that a filter sees before its errors count. */
    private static final int WARM_UP = 3;

    @Override
    public Fitted fit(double[] values) {
        var parameters = box.minimise(trial -> squaredErrors(start.apply(trial), values));
        return new Continuation(parameters, values.clone());
    }

    private static double squaredErrors(Filter filter, double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            if (i >= WARM_UP) {
                double error = values[i] - filter.predict();
                sum += error * error;
            }
            filter.learn(values[i]);
        }
        return sum;
    }

    private final class Continuation implements Fitted {
        private final double[] parameters;
        private final double[] history;

        Continuation(double[] parameters, double[] history) {
            this.parameters = parameters;
            this.history = history;
        }

        @Override
        public double[] residuals() {
            var filter = start.apply(parameters);
            var errors = new double[history.length];
            for (int i = 0; i < history.length; i++) {
                errors[i] = i < WARM_UP ? 0 : history[i] - filter.predict();
                filter.learn(history[i]);
            }
            return Arrays.copyOfRange(errors, WARM_UP, errors.length);
        }

        @Override
        public double[] path(double[] shocks) {
            var filter = start.apply(parameters);
            for (double value : history) {
                filter.learn(value);
            }
            var path = new double[shocks.length];
            for (int i = 0; i < path.length; i++) {
                path[i] = filter.predict() + shocks[i];
                filter.learn(path[i]);
            }
            return path;
        }

        @Override
        public Fitted on(double[] other) {
            return new Continuation(parameters, other.clone());
        }
    }
}
