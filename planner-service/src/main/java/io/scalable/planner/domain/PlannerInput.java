package io.scalable.planner.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.worker.WorkerLifecycle;

/** What the planner learns from its topics. */
public sealed interface PlannerInput {

    String deploymentId();

    /** A deployment was published, or published again. */
    record SpecPublished(DeploymentSpec spec) implements PlannerInput {
        @Override
        public String deploymentId() {
            return spec.deploymentId();
        }
    }

    /** A deployment has ended: its tombstone was read. */
    record DeploymentEnded(String deploymentId) implements PlannerInput {}

    /** The dispatcher has counted. */
    record DemandSeen(PoolDemand demand) implements PlannerInput {
        @Override
        public String deploymentId() {
            return demand.deploymentId();
        }
    }

    /** A person asks for other counts. */
    record ScaleAsked(ScaleRequested request) implements PlannerInput {
        @Override
        public String deploymentId() {
            return request.deploymentId();
        }
    }

    /** A provider says something of a worker: it costs money from now on, or no more. */
    record WorkerHeard(WorkerLifecycle event) implements PlannerInput {
        @Override
        public String deploymentId() {
            return event.deploymentId();
        }
    }

    /** The planner's own plan, read back. */
    record PlanSeen(ScalePlan plan) implements PlannerInput {
        @Override
        public String deploymentId() {
            return plan.deploymentId();
        }
    }

    /** The tombstone of the planner's own plan, read back. */
    record PlanForgotten(String deploymentId) implements PlannerInput {}

    /** What the planner has learned, read back. */
    record DurationsSeen(DurationsLearned durations) implements PlannerInput {
        @Override
        public String deploymentId() {
            return durations.deploymentId();
        }
    }

    /** The tombstone of what the planner had learned, read back. */
    record DurationsForgotten(String deploymentId) implements PlannerInput {}
}
