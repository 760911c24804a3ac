package io.scalable.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.client.DeploymentPrices.PricedDeployment;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.CapacityPlan;
import io.scalable.provider.cost.WorkerPrices.Priced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many workers of each component a run should have, and everything that led to it. Starting
 * nothing, it may be started any number of times.
 *
 * @param scalePlan what is asked for each component while it has work, in manifest order
 * @param report the same as {@code scalable plan} shows: predicted completion, cost, reasons,
 *     choices, and what the durations rest on
 * @param cost what it costs, line by line; null where workers have no price
 * @param priceWarnings what a person should know of the prices and the bounds in money
 */
public record RunPlan(
        Map<String, ResourceRequest> scalePlan,
        CapacityPlan report,
        @Nullable PlanCost cost,
        List<String> priceWarnings) {

    public RunPlan {
        scalePlan = Collections.unmodifiableMap(new LinkedHashMap<>(scalePlan));
        priceWarnings = List.copyOf(priceWarnings);
    }

    static RunPlan of(PricedDeployment priced, CapacityPlan report) {
        DeploymentSpec spec = priced.deployment();
        var requests = new LinkedHashMap<String, ResourceRequest>();
        for (ComponentSpec component : spec.components()) {
            requests.put(
                    component.name(),
                    new ResourceRequest(
                            report.workers().getOrDefault(component.name(), 0),
                            component.cpus(),
                            component.memoryBytes()));
        }
        Pricing pricing = spec.pricing();
        PlanCost cost =
                pricing != null && priced.prices() instanceof Priced prices
                        ? PlanCost.of(spec, prices, pricing, report)
                        : null;
        var warnings = new ArrayList<>(priced.warnings());
        if (pricing != null) {
            budgetWarning(pricing, report).ifPresent(warnings::add);
        }
        return new RunPlan(requests, report, cost, warnings);
    }

    private static Optional<String> budgetWarning(Pricing pricing, CapacityPlan report) {
        Double budget = pricing.budget();
        Double p95 = report.cost().p95();
        return budget == null || p95 == null || p95 <= budget
                ? Optional.empty()
                : Optional.of(
                        "the run may cost more than its budget of %s: up to %s (p95); it would"
                                        .formatted(
                                                new Amount(budget, pricing.currency()),
                                                new Amount(p95, pricing.currency()))
                                + " end when that is used up");
    }

    /** What a person should know before a run starts; empty most of the time. */
    public List<String> warnings() {
        var all = new ArrayList<>(report.warnings());
        all.addAll(priceWarnings);
        return all;
    }

    /** What it is to achieve. */
    public Objective objective() {
        return report.objective();
    }

    /** How boldly. */
    public Policy policy() {
        return report.policy();
    }

    /**
     * What a run begins with: a pool whose tasks wait for others begins smaller than {@link
     * #scalePlan()} says.
     */
    public ScalePlan first() {
        return report.first();
    }

    /** The plan that a deployment begins with. */
    ScalePlan forDeployment(String deploymentId, Instant at) {
        ScalePlan first = first();
        return new ScalePlan(
                deploymentId,
                1,
                first.pools(),
                first.confidence(),
                first.predictedCompletionSeconds(),
                first.cost(),
                first.currency(),
                at);
    }

    /** The report as one JSON object, as {@code scalable plan --format json} prints it. */
    public String toJson() {
        try {
            ObjectNode tree = Json.mapper().valueToTree(report);
            tree.set("warnings", Json.mapper().valueToTree(warnings()));
            if (cost != null) {
                tree.set("prices", Json.mapper().valueToTree(cost));
            }
            return Json.mapper().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the plan as JSON", e);
        }
    }

    /** A line per component, with the reason. */
    @Override
    public String toString() {
        var out = new StringBuilder();
        out.append("Plan (").append(objective().text()).append(", ").append(policy().text());
        CapacityPlan.Completion completion = report.completion();
        if (completion != null) {
            out.append(String.format(Locale.ROOT, ", about %.0f s", completion.p50()));
        }
        out.append("):");
        Map<String, String> reasons = report.reasons();
        scalePlan.forEach(
                (component, request) ->
                        out.append("\n  ")
                                .append(component)
                                .append(": ")
                                .append(request)
                                .append("  ")
                                .append(Objects.requireNonNullElse(reasons.get(component), "")));
        warnings().forEach(warning -> out.append("\n  warning: ").append(warning));
        return out.toString();
    }
}
