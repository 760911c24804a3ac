package io.scalable.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.planning.CapacityPlan;
import io.scalable.planning.CapacityPlanner;
import io.scalable.planning.simulation.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated run costs, beside what a plan says of it before.
 *
 * @param p50 the plan's estimate, as likely too high as too low
 * @param p95 the plan's estimate, too low in one of twenty runs
 */
record SimulatedPrice(String currency, double amount, double p50, double p95) {

    /**
     * The price of a run; null where its workers have none.
     *
     * @param told the deployment as the planner is told of it
     */
    static @Nullable SimulatedPrice of(DeploymentSpec told, Outcome outcome) {
        Pricing pricing = told.pricing();
        if (pricing == null) {
            return null;
        }
        CapacityPlan.Cost cost = new CapacityPlanner().capacity(told, told.createdAt()).cost();
        Double p50 = cost.amount();
        Double p95 = cost.p95();
        return new SimulatedPrice(
                pricing.currency(),
                outcome.money(pricing),
                p50 == null ? 0 : p50,
                p95 == null ? 0 : p95);
    }

    /** The estimate in parts of what it came to. */
    double ratio() {
        return p50 / amount;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "Price %.4f %s; a plan estimates %.4f (p50), %.4f (p95): %.2f of it",
                amount,
                currency,
                p50,
                p95,
                ratio());
    }

    ObjectNode json() {
        return Json.mapper()
                .createObjectNode()
                .put("currency", currency)
                .put("amount", amount)
                .put("estimate_p50", p50)
                .put("estimate_p95", p95);
    }
}
