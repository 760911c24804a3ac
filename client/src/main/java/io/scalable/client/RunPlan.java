package io.scalable.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.CapacityPlan;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How many workers of each component a run should have, and everything that led to it. Starting
 * nothing, it may be started any number of times.
 *
 * @param scalePlan what is asked for each component while it has work, in manifest order
 * @param report the same as {@code scalable plan} shows: predicted completion, cost, reasons,
 *     choices, and what the durations rest on
 */
public record RunPlan(Map<String, ResourceRequest> scalePlan, CapacityPlan report) {

    public RunPlan {
        scalePlan = Collections.unmodifiableMap(new LinkedHashMap<>(scalePlan));
    }

    static RunPlan of(DeploymentSpec spec, CapacityPlan report) {
        var requests = new LinkedHashMap<String, ResourceRequest>();
        for (ComponentSpec component : spec.components()) {
            requests.put(
                    component.name(),
                    new ResourceRequest(
                            report.workers().getOrDefault(component.name(), 0),
                            component.cpus(),
                            component.memoryBytes()));
        }
        return new RunPlan(requests, report);
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
            return Json.mapper().writeValueAsString(report);
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
        report.warnings().forEach(warning -> out.append("\n  warning: ").append(warning));
        return out.toString();
    }
}
