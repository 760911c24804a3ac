package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.worker.WorkerBills;
import io.scalable.contracts.worker.WorkerBills.Bill;
import io.scalable.planning.estimate.DurationEstimate;
import io.scalable.planning.estimate.Stage;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.planning.reason.ReasonText;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds a deployment to its budget. What was spent and what is bound, by workers that start and by
 * tasks that run, must stay within it, whatever workers begin before the next decision: so one that
 * stays needs room for a further task, one that is launched for its start and a task. What there is
 * no room for is not launched, or drains; once nobody is left, that is for good. Tasks are taken
 * for as long as their 95th percentile, since a running task is let finish.
 */
final class BudgetGuard {

    /** Until a decision has reached the workers they are paid for, seconds. */
    private static final double REACTION = 10;

    /**
     * What may be.
     *
     * @param counts of every pool
     * @param reasons of the pools that were held back
     */
    record Verdict(Map<String, Integer> counts, Map<String, String> reasons) {}

    private final DeploymentSpec spec;
    private final WorkEstimator estimator;
    private final WorkerBills bills;
    private boolean reached;

    BudgetGuard(DeploymentSpec spec, WorkEstimator estimator, WorkerBills bills) {
        this.spec = spec;
        this.estimator = estimator;
        this.bills = bills;
    }

    /**
     * Holds the counts back as far as the budget needs it.
     *
     * @param granted the count of every pool
     * @param seen what runs
     * @param remaining the work that is left
     * @param at the time until which workers are paid
     */
    Verdict judge(
            Map<String, Integer> granted, PoolDemand seen, List<Stage> remaining, Instant at) {
        Pricing pricing = spec.pricing();
        bills.settle(pricing);
        Double budget = pricing == null ? null : pricing.budget();
        if (pricing == null || budget == null) {
            return new Verdict(granted, Map.of());
        }
        double spent = bills.cost(pricing, at);
        double bound = bound(pricing, seen, remaining, at);
        String state =
                ReasonText.format(
                        "of the budget of %s, %s are spent and %s bound by what runs",
                        ReasonText.money(budget, pricing.currency()),
                        ReasonText.money(spent, pricing.currency()),
                        ReasonText.money(bound, pricing.currency()));
        Map<String, Integer> counts = new LinkedHashMap<>(granted);
        boolean held = false;
        if (!reached) {
            counts = affordable(pricing, granted, seen, remaining, budget - spent - bound);
            held = !counts.equals(granted);
        }
        if (reached || (held && counts.values().stream().allMatch(n -> n == 0))) {
            reached = true;
            return drained(granted, state);
        }
        var reasons = new LinkedHashMap<String, String>();
        for (Map.Entry<String, Integer> pool : counts.entrySet()) {
            if (!pool.getValue().equals(granted.get(pool.getKey()))) {
                reasons.put(pool.getKey(), "no room for more workers: " + state);
            }
        }
        return new Verdict(counts, reasons);
    }

    private static Verdict drained(Map<String, Integer> granted, String state) {
        var counts = new LinkedHashMap<String, Integer>();
        var reasons = new LinkedHashMap<String, String>();
        for (String pool : granted.keySet()) {
            counts.put(pool, 0);
            reasons.put(pool, "the budget is used up: " + state);
        }
        return new Verdict(counts, reasons);
    }

    /** Launches that there is no room for go first, then workers that stay. */
    private Map<String, Integer> affordable(
            Pricing pricing,
            Map<String, Integer> granted,
            PoolDemand seen,
            List<Stage> remaining,
            double room) {
        var counts = new LinkedHashMap<>(granted);
        var launches = new HashMap<String, Integer>();
        var staying = new HashMap<String, Integer>();
        double needed = 0;
        for (Map.Entry<String, Integer> pool : granted.entrySet()) {
            String name = pool.getKey();
            int alive = Math.min(pool.getValue(), alive(name, seen));
            int more = pool.getValue() - alive;
            int stay = Math.max(0, alive - starting(name));
            launches.put(name, more);
            staying.put(name, stay);
            needed += more * perLaunch(pricing, name, remaining);
            needed += stay * perTask(pricing, name, remaining);
        }
        while (needed > room + Allowance.EXACT) {
            String launched = most(launches, pool -> perLaunch(pricing, pool, remaining));
            String kept = most(staying, pool -> perTask(pricing, pool, remaining));
            if (launched != null) {
                launches.merge(launched, -1, Integer::sum);
                counts.merge(launched, -1, Integer::sum);
                needed -= perLaunch(pricing, launched, remaining);
            } else if (kept != null) {
                staying.merge(kept, -1, Integer::sum);
                counts.merge(kept, -1, Integer::sum);
                needed -= perTask(pricing, kept, remaining);
            } else {
                // Not even what is bound is paid for.
                counts.replaceAll((_, _) -> 0);
                break;
            }
        }
        return counts;
    }

    /** The pool with most workers of those that cost anything; null if there is none. */
    private static @Nullable String most(
            Map<String, Integer> workers, ToDoubleFunction<String> price) {
        return workers.entrySet().stream()
                .filter(e -> e.getValue() > 0 && price.applyAsDouble(e.getKey()) > 0)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** What workers that are there cost at least from now on, were they told to go. */
    private double bound(Pricing pricing, PoolDemand seen, List<Stage> remaining, Instant at) {
        double sum = 0;
        for (Bill bill : bills.all()) {
            if (bill.endedAt() == null) {
                double second = pricing.perHour(bill.component()) / 3600;
                sum +=
                        bill.startedAt() == null
                                ? Math.max(
                                        0,
                                        perLaunch(pricing, bill.component(), remaining)
                                                - bill.cost(pricing, at))
                                : REACTION * second;
            }
        }
        for (PoolObservation pool : seen.pools()) {
            int slots = spec.component(pool.pool()).map(ComponentSpec::slots).orElse(1);
            double second = pricing.perHour(pool.pool()) / 3600;
            for (double age : pool.runningSeconds()) {
                sum += second * residual(pool.pool(), age, remaining) / slots;
            }
        }
        return sum;
    }

    private double residual(String pool, double age, List<Stage> remaining) {
        double most = 0;
        for (Stage stage : remaining) {
            if (stage.component().equals(pool) && stage.running() > 0) {
                DurationEstimate task = estimator.duration(stage.task(), pool);
                double mean = estimator.residual(stage.task(), pool, age);
                most = Math.max(most, Math.max(task.p95() - age, mean));
            }
        }
        return most;
    }

    /** A worker's start and the longest of its pool's tasks, or what is paid at least. */
    private double perLaunch(Pricing pricing, String pool, List<Stage> remaining) {
        return pricing.cost(pool, pricing.startSeconds() + longest(pool, remaining));
    }

    /** The longest of its pool's tasks; 0 where none waits. */
    private double perTask(Pricing pricing, String pool, List<Stage> remaining) {
        return pricing.perHour(pool) / 3600 * longest(pool, remaining);
    }

    private double longest(String pool, List<Stage> remaining) {
        double task = 0;
        for (Stage stage : remaining) {
            if (stage.component().equals(pool) && stage.waiting() > 0) {
                task = Math.max(task, estimator.duration(stage.task(), pool).p95());
            }
        }
        return task;
    }

    /** Workers that have been asked for and do not run yet. */
    private int starting(String pool) {
        return (int)
                bills.all().stream()
                        .filter(b -> b.component().equals(pool))
                        .filter(b -> b.endedAt() == null && b.startedAt() == null)
                        .count();
    }

    /** The dispatcher and the provider hear of a worker one after the other: the first counts. */
    private int alive(String pool, PoolDemand seen) {
        int counted = 0;
        int draining = 0;
        for (PoolObservation observed : seen.pools()) {
            if (observed.pool().equals(pool)) {
                counted = observed.alive();
                draining = observed.draining();
            }
        }
        long billed =
                bills.all().stream()
                        .filter(b -> b.component().equals(pool) && b.endedAt() == null)
                        .count();
        return Math.max(counted, (int) billed - draining);
    }
}
