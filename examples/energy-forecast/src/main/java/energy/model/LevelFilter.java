package energy.model;

/** Exponential smoothing: a level that follows the values, and no trend. */
final class LevelFilter implements Filter {

    /** How much of an error moves the level. */
    static final Box BOX = Box.of(new Box.Range(0.02, 1));

    private final double gain;
    private double level = Double.NaN;

    LevelFilter(double[] parameters) {
        gain = parameters[0];
    }

    @Override
    public double predict() {
        return level;
    }

    @Override
    public void learn(double value) {
        level = Double.isNaN(level) ? value : level + gain * (value - level);
    }
}
