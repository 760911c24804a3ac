package io.scalable.planner.domain;

import io.scalable.contracts.scaling.ScalePlan;

/** What the planner wants done. */
public sealed interface PlannerOutput {

    String deploymentId();

    /** Write the plan. */
    record PublishPlan(ScalePlan plan) implements PlannerOutput {
        @Override
        public String deploymentId() {
            return plan.deploymentId();
        }
    }

    /** Write the plan's tombstone. */
    record ForgetPlan(String deploymentId) implements PlannerOutput {}

    /** What was asked cannot be done. */
    record Refused(String deploymentId, String reason) implements PlannerOutput {}
}
