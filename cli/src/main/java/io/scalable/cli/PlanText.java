package io.scalable.cli;

import io.scalable.planning.CapacityPlan;
import java.util.Locale;

/** A plan as people read it. */
final class PlanText {

    private final StringBuilder out = new StringBuilder();

    private PlanText() {}

    /**
     * @param explain true to show the choices and what the durations rest on
     */
    static String of(CapacityPlan plan, boolean explain) {
        var text = new PlanText();
        text.summary(plan);
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
        line("Cost: %.4f core-hours (the target names no price)", plan.cost().coreHours());
    }

    private void evidence(CapacityPlan plan) {
        line("Choices (completion at the policy's quantile and headroom):");
        line("  %10s  %10s  workers", "seconds", "core-hours");
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

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
