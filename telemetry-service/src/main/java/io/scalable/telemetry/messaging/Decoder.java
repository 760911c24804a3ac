package io.scalable.telemetry.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicRecord.Present;
import io.scalable.contracts.kafka.TopicRecord.Tombstone;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.telemetry.domain.HistoryEvent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the records of each topic into what telemetry understands. */
final class Decoder {

    private Decoder() {}

    /**
     * The event in a record; none in a tombstone of a plan or of demand.
     *
     * @param at when the record was written
     * @throws InvalidRecordException if the record is not what its topic promises
     */
    static Optional<HistoryEvent> decode(
            String topic, @Nullable String key, byte @Nullable [] value, Instant at) {
        return switch (TopicRecords.decode(topic, key, value)) {
            case Tombstone(_, String ended) when topic.equals(Topics.DEPLOYMENTS) ->
                    Optional.of(new HistoryEvent.Ended(ended, at));
            case Tombstone _ -> Optional.empty();
            case Present(_, Record body) -> Optional.of(of(body));
        };
    }

    private static HistoryEvent of(Record body) {
        return switch (body) {
            case DeploymentSpec spec -> new HistoryEvent.Published(spec);
            case TaskEvent event -> new HistoryEvent.OfTask(event);
            case WorkerLifecycle event -> new HistoryEvent.OfWorker(event);
            case ScalePlan plan -> new HistoryEvent.Planned(plan);
            case PoolDemand demand -> new HistoryEvent.Demanded(demand);
            case DeadLetter letter -> new HistoryEvent.Refused(letter);
            default ->
                    throw new InvalidRecordException(
                            "telemetry does not read a " + body.getClass().getSimpleName(), null);
        };
    }
}
