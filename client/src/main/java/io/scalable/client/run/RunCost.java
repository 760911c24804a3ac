package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.worker.WorkerBills;
import io.scalable.contracts.worker.WorkerBills.Bill;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has cost, by the prices that it was published with.
 *
 * @param currency the currency's code
 * @param asOf the day of the prices, {@code YYYY-MM-DD}
 * @param amount all workers together
 * @param estimated what the first plan expected; null if it did not say
 * @param pools by component, in manifest order
 */
public record RunCost(
        String currency,
        String asOf,
        double amount,
        @Nullable Double estimated,
        Map<String, PoolCost> pools) {

    /**
     * One pool's part.
     *
     * @param workerHours how long its workers ran
     */
    public record PoolCost(double workerHours, double amount) {
        private PoolCost plus(PoolCost more) {
            return new PoolCost(workerHours + more.workerHours, amount + more.amount);
        }
    }

    public RunCost {
        pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
    }

    /**
     * The cost; null where the deployment has no prices.
     *
     * @param until when workers are counted to that nobody has seen end
     */
    static @Nullable RunCost of(
            @Nullable DeploymentSpec spec,
            List<WorkerLifecycle> events,
            List<ScalePlan> plans,
            Instant until) {
        Pricing pricing = spec == null ? null : spec.pricing();
        if (pricing == null) {
            return null;
        }
        var bills = new WorkerBills();
        events.forEach(bills::add);
        return of(pricing, bills.all(), plans, until);
    }

    /** The cost of workers whose times are known; see {@link WorkerBills}. */
    public static RunCost of(
            Pricing pricing, Collection<Bill> bills, List<ScalePlan> plans, Instant until) {
        var pools = new LinkedHashMap<String, PoolCost>();
        pricing.perHour().keySet().forEach(c -> pools.put(c, new PoolCost(0, 0)));
        double all = 0;
        for (Bill bill : bills) {
            double cost = bill.cost(pricing, until);
            all += cost;
            var one = new PoolCost(bill.ranSeconds(until) / 3600, cost);
            pools.merge(bill.component(), one, PoolCost::plus);
        }
        Double estimated = plans.isEmpty() ? null : plans.getFirst().cost();
        return new RunCost(pricing.currency(), pricing.asOf(), all, estimated, pools);
    }
}
