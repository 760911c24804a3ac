package io.scalable.planner.domain;

import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent;

/** What the planner wants done. */
public sealed interface PlannerOutput {

    /** Write the plan. */
    record PublishPlan(ScalePlan plan) implements PlannerOutput {}

    /** Write what was learned. */
    record Remember(DurationsLearned durations) implements PlannerOutput {}

    /** Write the tombstones of the plan and of what was learned. */
    record Forget(String deploymentId) implements PlannerOutput {}

    /** What was asked cannot be done. */
    record Refused(String deploymentId, String reason) implements PlannerOutput {}

    /** Say that a deployment was set aside, or is planned again. */
    record Announce(ServiceEvent event) implements PlannerOutput {}
}
