package io.scalable.planning.simulation;

import io.scalable.contracts.deployment.Pricing;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a simulated run went. Times in seconds.
 *
 * @param finished false if it was given up
 * @param makespan until the last task ended
 * @param meanResponse from submit to end, on average over the tasks
 * @param cost what was paid: billed worker-seconds times their pool's price, start fees included
 * @param workerSeconds what was billed, whatever the price
 * @param coreHours what was billed, in hours of one core
 * @param waitP50 half of the tasks waited at most so long for a worker
 * @param waitP99 and 99 of 100 at most so long
 * @param actions decisions that changed a count
 * @param flaps growths within 300 s of a shrinkage of the same pool
 * @param wasted workers that were paid or asked for and ran nothing
 * @param starts workers asked for
 * @param billedSeconds worker-seconds billed, by pool, without start fees
 */
public record Outcome(
        boolean finished,
        double makespan,
        double meanResponse,
        double cost,
        double workerSeconds,
        double coreHours,
        double waitP50,
        double waitP99,
        int actions,
        int flaps,
        int wasted,
        int starts,
        Map<String, Double> billedSeconds) {

    public Outcome {
        billedSeconds = Collections.unmodifiableMap(new TreeMap<>(billedSeconds));
    }

    /** What it cost at these prices. */
    public double money(Pricing pricing) {
        return billedSeconds.entrySet().stream()
                .mapToDouble(pool -> pool.getValue() / 3600 * pricing.perHour(pool.getKey()))
                .sum();
    }
}
