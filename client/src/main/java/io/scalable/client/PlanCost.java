package io.scalable.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.planning.CapacityPlan;
import io.scalable.provider.cost.PriceItem;
import io.scalable.provider.cost.WorkerPrice;
import io.scalable.provider.cost.WorkerPrices.Priced;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan costs, line by line.
 *
 * @param currency the currency's code
 * @param asOf the day of the prices, {@code YYYY-MM-DD}
 * @param source where they are from
 * @param pools by component, in manifest order
 * @param perHour all planned workers together, for an hour
 * @param monthMinimum the minimum workers of all pools for {@link #MONTH_HOURS}
 * @param monthMaximum as many workers as there may be, at most, for as long
 */
public record PlanCost(
        String currency,
        @JsonProperty("as_of") String asOf,
        String source,
        Map<String, Pool> pools,
        @JsonProperty("per_hour") double perHour,
        @JsonProperty("month_minimum") double monthMinimum,
        @JsonProperty("month_maximum") double monthMaximum) {

    /** Hours of a month, as bills count it. */
    public static final int MONTH_HOURS = 730;

    /**
     * One pool.
     *
     * @param workers as planned
     * @param offer what a worker is priced as
     * @param items one worker's lines
     * @param perWorkerHour one worker for an hour
     * @param perHour all of them
     */
    public record Pool(
            int workers,
            String offer,
            List<Item> items,
            @JsonProperty("per_worker_hour") double perWorkerHour,
            @JsonProperty("per_hour") double perHour) {}

    /** So much of something at a price for an hour. */
    public record Item(
            String what, double quantity, @JsonProperty("unit_price") double unitPrice) {}

    public PlanCost {
        pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
    }

    static PlanCost of(DeploymentSpec spec, Priced prices, Pricing pricing, CapacityPlan plan) {
        var pools = new LinkedHashMap<String, Pool>();
        double all = 0;
        double minimum = 0;
        for (ComponentSpec component : spec.components()) {
            String name = component.name();
            WorkerPrice price = prices.workers().getOrDefault(name, new WorkerPrice("", List.of()));
            int workers = plan.workers().getOrDefault(name, 0);
            double perHour = workers * price.perHour();
            List<Item> items = price.items().stream().map(PlanCost::item).toList();
            pools.put(name, new Pool(workers, price.offer(), items, price.perHour(), perHour));
            all += perHour;
            minimum += component.bounds().minimum() * price.perHour();
        }
        Double most = pricing.maxPerHour();
        double limit = most == null ? Double.POSITIVE_INFINITY : most;
        return new PlanCost(
                prices.currency(),
                prices.asOf(),
                prices.source(),
                pools,
                all,
                MONTH_HOURS * Math.min(limit, minimum),
                MONTH_HOURS * Math.min(limit, dearest(spec, pricing)));
    }

    private static Item item(PriceItem item) {
        return new Item(item.what(), item.quantity(), item.unitPrice());
    }

    /** The dearest workers first, up to the target's maximum. */
    private static double dearest(DeploymentSpec spec, Pricing pricing) {
        Integer cap = spec.target().maxWorkers();
        int left = cap == null ? Integer.MAX_VALUE : cap;
        var components = new ArrayList<>(spec.components());
        components.sort(
                Comparator.comparingDouble((ComponentSpec c) -> pricing.perHour(c.name()))
                        .reversed());
        double sum = 0;
        for (ComponentSpec component : components) {
            int workers = Math.min(left, component.bounds().maximum());
            sum += workers * pricing.perHour(component.name());
            left -= workers;
        }
        return sum;
    }
}
