package io.scalable.telemetry.messaging;

import io.micrometer.core.instrument.Metrics;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.telemetry.config.TelemetryStore;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.metrics.FleetMetrics;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Stores what comes, batch by batch, in order. */
@ApplicationScoped
class HistoryConsumer {

    static final String CHANNEL = "telemetry-in";

    private final TelemetryStore store;
    private final DeadLetters deadLetters;
    private final FleetMetrics metrics = new FleetMetrics(Metrics.globalRegistry);
    private final AtomicLong newest = new AtomicLong();

    HistoryConsumer(TelemetryStore store, DeadLetters deadLetters) {
        this.store = store;
        this.deadLetters = deadLetters;
        Metrics.gauge("scalable.telemetry.newest.record.seconds", newest, n -> n.get() / 1000.0);
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
        metrics.count(events);
        Metrics.counter("scalable.telemetry.records").increment(batch.count());
        for (ConsumerRecord<String, byte[]> record : batch) {
            newest.accumulateAndGet(record.timestamp(), Math::max);
        }
    }
}
