package io.scalable.planner.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.planner.domain.PlannerInput;
import io.scalable.planner.domain.PlannerInput.DemandSeen;
import io.scalable.planner.domain.PlannerInput.DeploymentEnded;
import io.scalable.planner.domain.PlannerInput.PlanForgotten;
import io.scalable.planner.domain.PlannerInput.PlanSeen;
import io.scalable.planner.domain.PlannerInput.ScaleAsked;
import io.scalable.planner.domain.PlannerInput.SpecPublished;
import io.scalable.planner.domain.PlannerInput.WorkerHeard;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what a record means by the topic that it stands on. */
final class Decoder {

    private static final JsonCodec<DeploymentSpec> SPEC = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<PoolDemand> DEMAND = JsonCodec.of(PoolDemand.class);
    private static final JsonCodec<ScaleRequested> REQUEST = JsonCodec.of(ScaleRequested.class);
    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<WorkerLifecycle> WORKER = JsonCodec.of(WorkerLifecycle.class);

    private Decoder() {}

    /**
     * The input that the record is; empty for a tombstone that says nothing.
     *
     * @throws InvalidRecordException if it is not what the topic promises
     */
    static Optional<PlannerInput> decode(
            String topic, @Nullable String key, byte @Nullable [] value) {
        if (value == null) {
            return tombstone(topic, key);
        }
        PlannerInput input =
                switch (topic) {
                    case Topics.DEPLOYMENTS -> new SpecPublished(SPEC.decode(value));
                    case Topics.POOL_DEMAND -> new DemandSeen(DEMAND.decode(value));
                    case Topics.SCALE_REQUESTS -> new ScaleAsked(REQUEST.decode(value));
                    case Topics.SCALE_PLANS -> new PlanSeen(PLAN.decode(value));
                    case Topics.WORKER_LIFECYCLE -> new WorkerHeard(WORKER.decode(value));
                    default -> throw new InvalidRecordException("unexpected topic " + topic, null);
                };
        if (!input.deploymentId().equals(key)) {
            throw new InvalidRecordException(
                    "the key must be the deployment's id '"
                            + input.deploymentId()
                            + "', found "
                            + (key == null ? "none" : "'" + key + "'"),
                    null);
        }
        return Optional.of(input);
    }

    private static Optional<PlannerInput> tombstone(String topic, @Nullable String key) {
        if (key == null) {
            throw new InvalidRecordException("neither key nor value", null);
        }
        return switch (topic) {
            case Topics.DEPLOYMENTS -> Optional.of(new DeploymentEnded(key));
            case Topics.SCALE_PLANS -> Optional.of(new PlanForgotten(key));
            default -> Optional.empty();
        };
    }
}
