package io.scalable.cli;

import io.scalable.client.PlanCost;
import io.scalable.client.RunPlan;
import io.scalable.planning.CapacityPlan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan as people read it. */
final class PlanText {

    private final StringBuilder out = new StringBuilder();

    private PlanText() {}

    /**
     * @param explain true to show the choices and what the durations rest on
     */
    static String of(RunPlan planned, boolean explain) {
        CapacityPlan plan = planned.report();
        var text = new PlanText();
        text.summary(plan);
        PlanCost cost = planned.cost();
        if (cost != null) {
            text.prices(cost);
        }
        if (explain) {
            text.evidence(plan);
        }
        plan.defaultMaximum()
                .workers()
                .forEach(
                        (component, most) ->
                                text.line(
                                        "Maximum of %s: %d workers, as the target sets none",
                                        component, most));
        plan.notes().forEach(note -> text.line("Note: %s", note));
        return text.out.toString();
    }

    private void summary(CapacityPlan plan) {
        line(
                "Target %s (%s), objective %s, policy %s",
                plan.target(), plan.provider(), plan.objective().text(), plan.policy().text());
        for (CapacityPlan.Decision d : plan.decisions()) {
            line(
                    "  %s: %d worker%s (%s; bound by %s)",
                    d.component(),
                    d.workers(),
                    d.workers() == 1 ? "" : "s",
                    d.reason(),
                    d.bindingConstraint());
        }
        CapacityPlan.Completion completion = plan.completion();
        if (completion != null) {
            line(
                    "Predicted completion: %.1f s (p50), %.1f s (p95)",
                    completion.p50(), completion.p95());
        }
        CapacityPlan.Cost cost = plan.cost();
        Double amount = cost.amount();
        Double p95 = cost.p95();
        String currency = cost.currency();
        if (amount == null || p95 == null || currency == null) {
            line("Cost: %.4f core-hours (the target names no price)", cost.coreHours());
        } else {
            line(
                    "Cost of this run: %.4f %s (p50), %.4f %s (p95); %.4f core-hours",
                    amount, currency, p95, currency, cost.coreHours());
        }
    }

    private void prices(PlanCost cost) {
        line("Prices of %s, %s (%s):", cost.asOf(), cost.currency(), cost.source());
        cost.pools()
                .forEach(
                        (name, pool) -> {
                            line(
                                    "  %s: %d x %.5f = %.5f an hour (%s)",
                                    name,
                                    pool.workers(),
                                    pool.perWorkerHour(),
                                    pool.perHour(),
                                    pool.offer());
                            for (PlanCost.Item item : pool.items()) {
                                line(
                                        "    %s %s x %s = %.5f",
                                        number(item.quantity()),
                                        item.what(),
                                        number(item.unitPrice()),
                                        item.quantity() * item.unitPrice());
                            }
                        });
        line("  all: %.5f an hour", cost.perHour());
        line(
                "  a month of %d h: %.2f with the minimum workers, %.2f with the maximum",
                PlanCost.MONTH_HOURS, cost.monthMinimum(), cost.monthMaximum());
    }

    private void evidence(CapacityPlan plan) {
        line("Choices (completion at the policy's quantile and headroom):");
        String currency = plan.cost().currency();
        line("  %10s  %10s  workers", "seconds", currency == null ? "core-hours" : currency);
        for (CapacityPlan.Point p : plan.pareto()) {
            String mark = p.workers().equals(plan.workers()) ? "*" : " ";
            line(" %s%10.1f  %10.4f  %s", mark, p.completionSeconds(), p.cost(), p.workers());
        }
        line("Durations:");
        plan.durations()
                .forEach(
                        (task, d) ->
                                line(
                                        "  %s: p50 %.3g s, p95 %.3g s (%s, %d samples)",
                                        task,
                                        d.p50(),
                                        d.p95(),
                                        d.source().name().toLowerCase(Locale.ROOT),
                                        d.samples()));
    }

    /** Six digits at most, without zeros at the end. */
    private static String number(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }

    private void line(String format, @Nullable Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
