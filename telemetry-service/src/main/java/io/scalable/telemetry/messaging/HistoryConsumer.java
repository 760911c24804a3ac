package io.scalable.telemetry.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.telemetry.config.TelemetryStore;
import io.scalable.telemetry.domain.HistoryEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Stores what comes, batch by batch, in order. */
@ApplicationScoped
class HistoryConsumer {

    static final String CHANNEL = "telemetry-in";

    private final TelemetryStore store;
    private final DeadLetters deadLetters;

    HistoryConsumer(TelemetryStore store, DeadLetters deadLetters) {
        this.store = store;
        this.deadLetters = deadLetters;
    }

    @Incoming(CHANNEL)
    @Blocking
    void consume(ConsumerRecords<String, byte[]> batch) {
        var events = new ArrayList<HistoryEvent>(batch.count());
        for (ConsumerRecord<String, byte[]> record : batch) {
            try {
                Decoder.decode(
                                record.topic(),
                                record.key(),
                                record.value(),
                                Instant.ofEpochMilli(record.timestamp()))
                        .ifPresent(events::add);
            } catch (InvalidRecordException e) {
                deadLetters.send(record, e);
            }
        }
        store.writer().append(events);
    }
}
