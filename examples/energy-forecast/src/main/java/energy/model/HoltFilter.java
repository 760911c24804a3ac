package energy.model;

/** Holt's method with a damped trend (Gardner and McKenzie): level and slope follow the errors. */
final class HoltFilter implements Filter {

    /** How much of an error moves the level, how much the slope, what the slope keeps per year. */
    static final Box BOX =
            Box.of(new Box.Range(0.05, 1), new Box.Range(0, 0.6), new Box.Range(0.8, 0.98));

    private final double levelGain;
    private final double slopeGain;
    private final double damping;
    private int seen;
    private double level;
    private double slope;

    HoltFilter(double[] parameters) {
        levelGain = parameters[0];
        slopeGain = parameters[1];
        damping = parameters[2];
    }

    @Override
    public double predict() {
        return level + damping * slope;
    }

    @Override
    public void learn(double value) {
        if (seen == 0) {
            level = value;
        } else if (seen == 1) {
            slope = value - level;
            level = value;
        } else {
            double expected = predict();
            double error = value - expected;
            level = expected + levelGain * error;
            slope = damping * slope + slopeGain * error;
        }
        seen++;
    }
}
