package io.scalable.telemetry.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicRecord.Present;
import io.scalable.contracts.kafka.TopicRecord.Tombstone;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.service.ServiceEvent.DeploymentReleased;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import io.scalable.contracts.service.ServiceEvent.ProviderHostSeen;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.domain.ProviderHost;
import io.scalable.telemetry.domain.SetAside;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns the records of each topic into what telemetry understands. */
final class Decoder {

    private Decoder() {}

    /**
     * The events in a record, in order; none in a tombstone of anything but a deployment.
     *
     * @param now when it is read
     * @throws InvalidRecordException if the record is not what its topic promises
     */
    static List<HistoryEvent> decode(ConsumerRecord<byte[], byte[]> record, Instant now) {
        return switch (TopicRecords.decode(record.topic(), record.key(), record.value())) {
            case Tombstone(_, String ended) when record.topic().equals(Topics.DEPLOYMENTS) ->
                    List.of(
                            new HistoryEvent.Ended(
                                    ended, Instant.ofEpochMilli(record.timestamp())));
            case Tombstone _ -> List.of();
            case Present present -> present.bodies().stream().map(body -> of(body, now)).toList();
        };
    }

    private static HistoryEvent of(Record body, Instant now) {
        return switch (body) {
            case DeploymentSpec spec -> new HistoryEvent.Published(spec);
            case TaskEvent event -> new HistoryEvent.OfTask(event);
            case WorkerLifecycle event -> new HistoryEvent.OfWorker(event);
            case ScalePlan plan -> new HistoryEvent.Planned(plan);
            case PoolDemand demand -> new HistoryEvent.Demanded(demand);
            case DeadLetter letter -> new HistoryEvent.Refused(letter);
            case ServiceEvent event -> of(event, now);
            default ->
                    throw new InvalidRecordException(
                            "telemetry does not read a " + body.getClass().getSimpleName(), null);
        };
    }

    /** Hosts are timed by when they are heard: their clocks may differ. */
    private static HistoryEvent of(ServiceEvent event, Instant now) {
        return switch (event) {
            case DeploymentSetAside e ->
                    new HistoryEvent.SetAside(
                            new SetAside(e.deploymentId(), e.service(), e.reason(), e.at()));
            case DeploymentReleased e -> new HistoryEvent.Released(e.deploymentId(), e.service());
            case ProviderHostSeen e ->
                    new HistoryEvent.HostHeard(new ProviderHost(e.hostId(), e.providers(), now));
        };
    }
}
