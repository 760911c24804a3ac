package io.scalable.planning;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.estimate.DurationEstimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment should get, and what that would lead to. As JSON it is the answer of {@code
 * scalable plan}.
 *
 * @param target the target's name
 * @param provider its provider
 * @param objective what was to be achieved
 * @param policy how boldly
 * @param workers of each component while it has work, in manifest order
 * @param completion predicted seconds from the submission; null where no tasks are known
 * @param cost what it is predicted to cost
 * @param bindingConstraint what kept the counts from being different, of the pool with most work
 * @param feasible false if the walltime cannot be kept at the policy's quantile
 * @param pareto the choices that no other beats in both time and cost, fewest workers first
 * @param durations what each task is thought to take, and by which evidence
 * @param decisions of each component: the count and why
 * @param notes what else a person should know
 * @param defaultMaximum pools of a paid or shared target that the manifest does not limit
 * @param first the scale plan that a run begins with: pools whose work is blocked begin small
 */
public record CapacityPlan(
        String target,
        String provider,
        Objective objective,
        Policy policy,
        Map<String, Integer> workers,
        @JsonProperty("predicted_completion_s") @JsonInclude(JsonInclude.Include.ALWAYS)
                @Nullable Completion completion,
        Cost cost,
        @JsonProperty("binding_constraint") String bindingConstraint,
        boolean feasible,
        List<Point> pareto,
        Map<String, Duration> durations,
        @JsonIgnore List<Decision> decisions,
        List<String> notes,
        @JsonProperty("default_maximum") DefaultMaximum defaultMaximum,
        @JsonIgnore ScalePlan first) {

    public CapacityPlan {
        workers = Collections.unmodifiableMap(new LinkedHashMap<>(workers));
        durations = Collections.unmodifiableMap(new LinkedHashMap<>(durations));
        pareto = List.copyOf(pareto);
        decisions = List.copyOf(decisions);
        notes = List.copyOf(notes);
    }

    /** Why each component has its count, in manifest order. */
    @JsonProperty
    public Map<String, String> reasons() {
        return byComponent(Decision::reason);
    }

    /** What kept each component's count from being different, in manifest order. */
    @JsonProperty("binding_constraints")
    public Map<String, String> bindingConstraints() {
        return byComponent(Decision::bindingConstraint);
    }

    /** What a person should know before a run starts; empty most of the time. */
    @JsonProperty
    public List<String> warnings() {
        return defaultMaximum.warnings();
    }

    private Map<String, String> byComponent(Function<Decision, String> what) {
        var out = new LinkedHashMap<String, String>();
        decisions.forEach(d -> out.put(d.component(), what.apply(d)));
        return Collections.unmodifiableMap(out);
    }

    /** Quantiles of the completion, seconds from the submission, without headroom. */
    public record Completion(double p50, double p95) {}

    /**
     * @param amount in the currency, as likely more as less; null without a price
     * @param p95 in the currency, more in one of twenty runs; null without a price
     * @param currency null without a price
     * @param coreHours starting included
     */
    public record Cost(
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double amount,
            @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("amount_p95")
                    @Nullable Double p95,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String currency,
            @JsonProperty("core_hours") double coreHours) {}

    /**
     * @param workers of each component
     * @param completionSeconds at the policy's quantile, its headroom included
     * @param cost in the currency of the plan's cost; without one, core-hours
     */
    public record Point(
            Map<String, Integer> workers,
            @JsonProperty("completion_s") double completionSeconds,
            double cost) {}

    /** How long one task takes, seconds, and what that rests on. */
    public record Duration(double p50, double p95, int samples, DurationEstimate.Source source) {}

    /** One component's count and why. */
    public record Decision(
            String component,
            int workers,
            String reason,
            @JsonProperty("binding_constraint") String bindingConstraint) {}
}
