package energy.model;

/**
 * A straight line by least squares, older values counting less. Keeps five discounted sums over the
 * ages of the values (0 for the newest), so that a value costs the same however long the series is.
 */
final class TrendFilter implements Filter {

    /** The weight that a value keeps from one year to the next. */
    static final Box BOX = Box.of(new Box.Range(0.7, 1));

    private final double memory;
    private double weight;
    private double age;
    private double ageSquared;
    private double sum;
    private double ageTimesValue;

    TrendFilter(double[] parameters) {
        memory = parameters[0];
    }

    @Override
    public double predict() {
        double spread = weight * ageSquared - age * age;
        if (spread <= 0) {
            return sum / weight;
        }
        double fall = (weight * ageTimesValue - age * sum) / spread;
        double now = (sum - fall * age) / weight;
        return now - fall;
    }

    @Override
    public void learn(double value) {
        ageSquared = memory * (ageSquared + 2 * age + weight);
        ageTimesValue = memory * (ageTimesValue + sum);
        age = memory * (age + weight);
        weight = memory * weight + 1;
        sum = memory * sum + value;
    }
}
