package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.planning.estimate.PoolPrices;
import io.scalable.planning.estimate.Stage;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts when a deployment is done with given workers: its tasks are played through scenarios
 * with sampled durations and start delays. The scenarios are always the same, so two predictions
 * differ only by what was asked.
 */
final class CompletionForecast {

    private static final int SCENARIOS = 100;

    private final List<ComponentSpec> components;
    private final SampledGraph graph;
    private final double startDelay;
    private final double startSigma;
    private final double least;
    private final PoolPrices prices;

    CompletionForecast(DeploymentSpec spec, List<Stage> work, WorkEstimator estimator) {
        components = spec.components();
        Map<String, Integer> pools = new HashMap<>();
        Map<String, Integer> slots = new HashMap<>();
        for (ComponentSpec c : components) {
            pools.put(c.name(), pools.size());
            slots.put(c.name(), c.slots());
        }
        graph = new SampledGraph(work, pools, estimator);
        startDelay = estimator.startDelaySeconds();
        startSigma = estimator.economics().startSigma();
        prices = PoolPrices.of(spec);
        Allowance allowance = Allowance.of(spec);
        double seconds = 0;
        double money = 0;
        for (Stage s : work) {
            double mean = estimator.slotSeconds(s.task(), s.component());
            double busy = s.waiting() * mean / slots.getOrDefault(s.component(), 1);
            seconds += busy;
            money += busy * allowance.price(s.component());
        }
        least = Math.max(seconds / allowance.workers(), money / allowance.perHour());
    }

    /**
     * Seconds from the submission until all is done, one for each scenario, ascending.
     *
     * @param workers of each component; one that has none gets one when its work comes
     * @param headroom what all work is multiplied by
     */
    double[] completions(Map<String, Integer> workers, double headroom) {
        double[] ends = new double[SCENARIOS];
        // Pools that take turns under a small maximum cannot be faster than it allows.
        double soonest = startDelay + headroom * least;
        for (int scenario = 0; scenario < SCENARIOS; scenario++) {
            SampledSlots[] slots = slots(workers, scenario);
            ends[scenario] = Math.max(soonest, graph.play(slots, scenario, headroom));
        }
        Arrays.sort(ends);
        return ends;
    }

    /**
     * What all that costs, one for each scenario, ascending; zeros without prices. A worker is paid
     * for its start and its work; without a task left it leaves.
     */
    double[] costs(Map<String, Integer> workers) {
        double[] costs = new double[SCENARIOS];
        for (int scenario = 0; scenario < SCENARIOS; scenario++) {
            SampledSlots[] slots = slots(workers, scenario);
            double _ = graph.play(slots, scenario, 1);
            for (int i = 0; i < slots.length; i++) {
                ComponentSpec c = components.get(i);
                double busy = slots[i].busySeconds() / c.slots();
                int count = busy == 0 ? 0 : workers.getOrDefault(c.name(), 0);
                costs[scenario] += prices.cost(c.name(), count, busy);
            }
        }
        Arrays.sort(costs);
        return costs;
    }

    private SampledSlots[] slots(Map<String, Integer> workers, int scenario) {
        SampledSlots[] slots = new SampledSlots[components.size()];
        for (int i = 0; i < slots.length; i++) {
            ComponentSpec c = components.get(i);
            int count = Math.max(1, workers.getOrDefault(c.name(), 0));
            slots[i] = new SampledSlots(starts(count, c.slots(), scenario, i));
        }
        return slots;
    }

    private double[] starts(int workers, int slots, int scenario, int pool) {
        double[] starts = new double[workers * slots];
        for (int w = 0; w < workers; w++) {
            double normal = DurationDraws.normal(1009 * scenario + 211 * pool + w);
            double at = startDelay * Math.exp(startSigma * normal);
            Arrays.fill(starts, w * slots, (w + 1) * slots, at);
        }
        return starts;
    }

    /** The nearest-rank quantile of what {@link #completions} gave. */
    static double quantile(double[] sorted, double share) {
        return sorted[Math.clamp((int) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }
}
