package energy.model;

/** A random walk with drift: the last value plus the mean step, older steps counting less. */
final class DriftFilter implements Filter {

    /** The weight that a step keeps from one year to the next. */
    static final Box BOX = Box.of(new Box.Range(0.7, 1));

    private final double memory;
    private double last = Double.NaN;
    private double steps;
    private double weights;

    DriftFilter(double[] parameters) {
        memory = parameters[0];
    }

    @Override
    public double predict() {
        return weights == 0 ? last : last + steps / weights;
    }

    @Override
    public void learn(double value) {
        if (!Double.isNaN(last)) {
            steps = memory * steps + (value - last);
            weights = memory * weights + 1;
        }
        last = value;
    }
}
