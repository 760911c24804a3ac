package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Policy;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.PoolPrices;
import io.scalable.planning.estimate.Stage;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The worker counts worth choosing from. At level n every pool with work has n workers, or as many
 * as its bounds and tasks allow. A larger level never costs less, so the choices that no other
 * beats are those that are faster than all smaller ones.
 */
final class CapacityFront {

    /**
     * One choice.
     *
     * @param workers of each pool with work
     * @param seconds until all is done, at the policy's quantile with its headroom
     * @param cost what is paid: in money, or core-hours without prices
     */
    record Choice(Map<String, Integer> workers, double seconds, double cost) {}

    private static final int EVERY_LEVEL = 16;
    private static final double STEP = 1.25;

    private final DeploymentSpec spec;
    private final CompletionForecast forecast;
    private final Depths depths;
    private final List<Stage> work;
    private final WorkEstimator estimator;
    private final Economics economics;
    private final PoolPrices prices;
    private final Allowance allowance;
    private final Set<String> heldByCost = new HashSet<>();

    CapacityFront(
            DeploymentSpec spec,
            List<Stage> work,
            WorkEstimator estimator,
            CompletionForecast forecast) {
        this.spec = spec;
        this.work = work;
        this.estimator = estimator;
        this.forecast = forecast;
        depths = new Depths(work);
        economics = Economics.of(spec.target().provider());
        prices = PoolPrices.of(spec);
        allowance = Allowance.of(spec);
    }

    /**
     * Fewest workers and slowest first; at least one where there is work. The last has as many
     * workers as tasks and bounds allow, even where the last few of them gain nothing: so more
     * tasks never mean fewer workers.
     */
    List<Choice> choices() {
        var choices = new ArrayList<Choice>();
        double fastest = Double.POSITIVE_INFINITY;
        for (int level : levels()) {
            Choice choice = choice(workers(level));
            boolean faster = choice.seconds() < fastest * (1 - 1e-9);
            // More workers are never slower: where the scenarios say so, it is their noise.
            fastest = Math.min(fastest, choice.seconds());
            if (choices.isEmpty() || faster || level == top()) {
                choices.add(new Choice(choice.workers(), fastest, choice.cost()));
            }
        }
        return choices;
    }

    private Iterable<Integer> levels() {
        int top = top();
        var levels = new TreeSet<Integer>();
        // The same grid for every amount of work, so that more of it never means fewer workers.
        for (double level = 1; level < top; ) {
            levels.add((int) level);
            level = level < EVERY_LEVEL ? level + 1 : level * STEP;
        }
        levels.add(top);
        return levels;
    }

    private int top() {
        return Math.max(1, spec.components().stream().mapToInt(this::largest).max().orElse(1));
    }

    /** True if more of them would have been tried, had an hour not cost too much then. */
    boolean heldByCost(String component) {
        return heldByCost.contains(component);
    }

    /** As many workers as the component's tasks and bounds allow. */
    int largest(ComponentSpec component) {
        int tasks = depths.peak(component.name());
        return tasks == 0 ? 0 : component.bounds().clamp(Math.ceilDiv(tasks, component.slots()));
    }

    private Map<String, Integer> workers(int level) {
        var workers = new LinkedHashMap<String, Integer>();
        for (ComponentSpec c : spec.components()) {
            if (depths.peak(c.name()) > 0) {
                int count = Math.max(Math.min(level, largest(c)), c.bounds().minimum());
                workers.put(c.name(), Math.max(1, count));
            }
        }
        depths.levels().forEach(stages -> shareMaximum(stages, workers));
        return workers;
    }

    /** Pools whose work comes at the same time share the target's maximum by their work. */
    private void shareMaximum(List<Stage> together, Map<String, Integer> workers) {
        int cap = allowance.workers();
        var seconds = new HashMap<String, Double>();
        together.forEach(s -> seconds.merge(s.component(), s.work(), Double::sum));
        shareMoney(seconds, workers);
        int wanted = seconds.keySet().stream().mapToInt(c -> workers.getOrDefault(c, 0)).sum();
        if (wanted <= cap) {
            return;
        }
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        seconds.forEach(
                (component, s) ->
                        workers.merge(component, Math.max(1, (int) (cap * s / all)), Math::min));
    }

    /** The same for what an hour may cost. */
    private void shareMoney(Map<String, Double> together, Map<String, Integer> workers) {
        // One of which not a single worker is paid for takes no part.
        var seconds = new HashMap<>(together);
        seconds.keySet().removeIf(c -> allowance.most(c) == 0);
        double cost = 0;
        double all = 0;
        for (Map.Entry<String, Double> pool : seconds.entrySet()) {
            double price = allowance.price(pool.getKey());
            cost += price * workers.getOrDefault(pool.getKey(), 0);
            all += price * pool.getValue();
        }
        if (cost <= allowance.perHour() + Allowance.EXACT) {
            return;
        }
        double each = allowance.perHour() / all;
        seconds.forEach(
                (component, s) -> {
                    int most = Math.max(1, (int) (each * s + Allowance.EXACT));
                    if (workers.getOrDefault(component, 0) > most) {
                        workers.put(component, most);
                        heldByCost.add(component);
                    }
                });
    }

    /** What {@code workers} would lead to. */
    Choice choice(Map<String, Integer> workers) {
        double[] ends = forecast.completions(workers, headroom(spec.policy()));
        double seconds = CompletionForecast.quantile(ends, quantile(spec.policy()));
        double coreHours = coreSeconds(workers) / 3600;
        return new Choice(
                workers, seconds, prices.pricing().isPresent() ? money(workers) : coreHours);
    }

    private double money(Map<String, Integer> workers) {
        double all = 0;
        for (ComponentSpec c : spec.components()) {
            all += prices.cost(c.name(), workers.getOrDefault(c.name(), 0), busy(c));
        }
        return all;
    }

    /** Its work, in seconds of one worker. */
    private double busy(ComponentSpec component) {
        double busy = 0;
        for (Stage s : work) {
            if (s.component().equals(component.name())) {
                double mean = estimator.slotSeconds(s.task(), s.component());
                busy += s.waiting() * mean / component.slots();
            }
        }
        return busy;
    }

    /** Starts are paid once; a worker without a task left is taken to leave. */
    double coreSeconds(Map<String, Integer> workers) {
        double all = 0;
        for (ComponentSpec c : spec.components()) {
            double busy = busy(c);
            int count = workers.getOrDefault(c.name(), 0);
            double start = economics.billedStartSeconds() + economics.startFeeSeconds();
            all += c.cpus() * (count * start + Math.max(busy, count * economics.minimumSeconds()));
        }
        return all;
    }

    static double headroom(Policy policy) {
        return policy == Policy.SAFE ? 1.2 : 1;
    }

    /** The quantile of the completion that a policy plans for. */
    static double quantile(Policy policy) {
        return policy == Policy.SAFE ? 0.95 : 0.5;
    }
}
