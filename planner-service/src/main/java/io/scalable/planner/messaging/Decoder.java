package io.scalable.planner.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicRecord.Present;
import io.scalable.contracts.kafka.TopicRecord.Tombstone;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.planner.domain.PlannerInput;
import io.scalable.planner.domain.PlannerInput.DemandSeen;
import io.scalable.planner.domain.PlannerInput.DeploymentEnded;
import io.scalable.planner.domain.PlannerInput.DurationsForgotten;
import io.scalable.planner.domain.PlannerInput.DurationsSeen;
import io.scalable.planner.domain.PlannerInput.PlanForgotten;
import io.scalable.planner.domain.PlannerInput.PlanSeen;
import io.scalable.planner.domain.PlannerInput.ScaleAsked;
import io.scalable.planner.domain.PlannerInput.SpecPublished;
import io.scalable.planner.domain.PlannerInput.WorkerHeard;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what a record means by the topic that it stands on. */
final class Decoder {

    private Decoder() {}

    /**
     * The input that the record is; empty for a tombstone that says nothing.
     *
     * @throws InvalidRecordException if it is not what the topic promises
     */
    static Optional<PlannerInput> decode(
            String topic, byte @Nullable [] key, byte @Nullable [] value) {
        return switch (TopicRecords.decode(topic, key, value)) {
            case Tombstone tombstone -> tombstone(topic, tombstone.key());
            case Present present -> Optional.of(keyed(of(present.body()), key));
        };
    }

    private static PlannerInput of(Record body) {
        return switch (body) {
            case DeploymentSpec spec -> new SpecPublished(spec);
            case PoolDemand demand -> new DemandSeen(demand);
            case ScaleRequested request -> new ScaleAsked(request);
            case ScalePlan plan -> new PlanSeen(plan);
            case DurationsLearned durations -> new DurationsSeen(durations);
            case WorkerLifecycle event -> new WorkerHeard(event);
            default ->
                    throw new InvalidRecordException(
                            "the planner does not read a " + body.getClass().getSimpleName(), null);
        };
    }

    private static PlannerInput keyed(PlannerInput input, byte @Nullable [] key) {
        String found = key == null ? null : new String(key, StandardCharsets.UTF_8);
        if (!input.deploymentId().equals(found)) {
            throw new InvalidRecordException(
                    "the key must be the deployment's id '"
                            + input.deploymentId()
                            + "', found "
                            + (found == null ? "none" : "'" + found + "'"),
                    null);
        }
        return input;
    }

    private static Optional<PlannerInput> tombstone(String topic, String key) {
        return switch (topic) {
            case Topics.DEPLOYMENTS -> Optional.of(new DeploymentEnded(key));
            case Topics.SCALE_PLANS -> Optional.of(new PlanForgotten(key));
            case Topics.ESTIMATES -> Optional.of(new DurationsForgotten(key));
            default -> Optional.empty();
        };
    }
}
