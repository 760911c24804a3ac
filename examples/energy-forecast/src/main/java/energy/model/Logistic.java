package energy.model;

/**
 * A change from one plateau to another along an S-curve: {@code floor + height / (1 + exp(-rate (t
 * - middle)))}, by least squares. Rate and middle are searched for; floor and height then follow in
 * closed form, and a negative height is a decline.
 */
final class Logistic implements Model {

    @Override
    public Fitted fit(double[] values) {
        int n = values.length;
        var box = Box.of(new Box.Range(0.15, 1.2), new Box.Range(0, n + 2.0));
        var shape = box.minimise(trial -> line(trial, values).squaredErrors(trial, values));
        return new Curve(shape, line(shape, values), values.clone());
    }

    private static double rise(double[] shape, double time) {
        return 1 / (1 + Math.exp(-shape[0] * (time - shape[1])));
    }

    /** The least-squares line through the values over the curve's rise. */
    private static Line line(double[] shape, double[] values) {
        int n = values.length;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int t = 0; t < n; t++) {
            double rise = rise(shape, t);
            x += rise;
            y += values[t];
            xx += rise * rise;
            xy += rise * values[t];
        }
        double spread = n * xx - x * x;
        double height = spread < 1e-9 ? 0 : (n * xy - x * y) / spread;
        return new Line((y - height * x) / n, height);
    }

    private record Line(double floor, double height) {
        double at(double[] shape, double time) {
            return floor + height * rise(shape, time);
        }

        double squaredErrors(double[] shape, double[] values) {
            double sum = 0;
            for (int t = 0; t < values.length; t++) {
                double error = values[t] - at(shape, t);
                sum += error * error;
            }
            return sum;
        }
    }

    private static final class Curve implements Fitted {
        private final double[] shape;
        private final Line line;
        private final double[] history;

        Curve(double[] shape, Line line, double[] history) {
            this.shape = shape;
            this.line = line;
            this.history = history;
        }

        @Override
        public double[] residuals() {
            var errors = new double[history.length];
            for (int t = 0; t < errors.length; t++) {
                errors[t] = history[t] - line.at(shape, t);
            }
            return errors;
        }

        @Override
        public double[] path(double[] shocks) {
            var path = new double[shocks.length];
            for (int i = 0; i < path.length; i++) {
                path[i] = line.at(shape, history.length + i) + shocks[i];
            }
            return path;
        }

        @Override
        public Fitted on(double[] other) {
            return new Curve(shape, line, other.clone());
        }
    }
}
