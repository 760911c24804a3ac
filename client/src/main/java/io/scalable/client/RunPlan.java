package io.scalable.client;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How many workers of each component a run would begin with, and why. Starting nothing, it may be
 * started any number of times.
 *
 * @param scalePlan what is asked for each component, in manifest order
 * @param details the plan itself: reasons, confidence, predicted completion
 * @param objective what it is to achieve
 * @param policy how boldly
 */
public record RunPlan(
        Map<String, ResourceRequest> scalePlan,
        ScalePlan details,
        Objective objective,
        Policy policy) {

    public RunPlan {
        scalePlan = Collections.unmodifiableMap(new LinkedHashMap<>(scalePlan));
    }

    static RunPlan of(DeploymentSpec spec, ScalePlan plan) {
        var requests = new LinkedHashMap<String, ResourceRequest>();
        for (ComponentSpec component : spec.components()) {
            requests.put(
                    component.name(),
                    new ResourceRequest(
                            plan.desired(component.name()),
                            component.cpus(),
                            component.memoryBytes()));
        }
        return new RunPlan(requests, plan, spec.objective(), spec.policy());
    }

    /** The plan as the first one of a deployment. */
    ScalePlan forDeployment(String deploymentId, Instant at) {
        return new ScalePlan(
                deploymentId,
                1,
                details.pools(),
                details.confidence(),
                details.predictedCompletionSeconds(),
                details.cost(),
                details.currency(),
                at);
    }

    /** A line per component, with the reason. */
    @Override
    public String toString() {
        var out = new StringBuilder();
        out.append("Plan (").append(objective.text()).append(", ").append(policy.text());
        Double seconds = details.predictedCompletionSeconds();
        if (seconds != null) {
            out.append(String.format(Locale.ROOT, ", about %.0f s", seconds));
        }
        out.append("):");
        scalePlan.forEach(
                (component, request) ->
                        out.append("\n  ")
                                .append(component)
                                .append(": ")
                                .append(request)
                                .append(
                                        details.pool(component)
                                                .map(PoolPlan::reason)
                                                .map(reason -> "  " + reason)
                                                .orElse("")));
        return out.toString();
    }
}
