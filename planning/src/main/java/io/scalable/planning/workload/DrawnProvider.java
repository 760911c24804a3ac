package io.scalable.planning.workload;

import io.scalable.planning.estimate.Economics;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.ProviderModel.BilledStart;
import io.scalable.planning.simulation.ProviderModel.Start;
import java.util.Random;

/** Provider models drawn at random; what the planner is told of one is true. */
public final class DrawnProvider {

    private static final int MAXIMUM = 32;

    private DrawnProvider() {}

    /**
     * Starts of one second to ten minutes, paid in whole or in part, with and without a minimum.
     */
    public static ProviderModel of(long seed) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L);
        double median = DrawnDurations.between(random, 1, 600);
        boolean queue = random.nextBoolean();
        double sigma = queue ? 0.3 + 0.7 * random.nextDouble() : 0.3;
        Start start =
                queue
                        ? new Start.LogNormal(median, sigma, 0)
                        : new Start.Uniform(0.5 * median, 1.5 * median);
        double billed = queue ? Math.min(5, median / 2) : median * random.nextDouble();
        BilledStart paid =
                queue ? new BilledStart.Seconds(billed) : new BilledStart.Share(billed / median);
        double minimum = random.nextInt(3) == 0 ? 60 : 0;
        double fee = DrawnDurations.between(random, 0.2, 15);
        var told = new Economics(median, sigma, billed, minimum, 1, fee, Double.POSITIVE_INFINITY);
        return new ProviderModel("drawn-" + seed, told, start, paid, MAXIMUM);
    }
}
