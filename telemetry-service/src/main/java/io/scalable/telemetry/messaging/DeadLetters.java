package io.scalable.telemetry.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** Puts records that nobody can use aside, untouched, with the reason. */
@ApplicationScoped
class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final MutinyEmitter<ProducerRecord<String, byte[]>> out;

    DeadLetters(
            @Channel("telemetry-dead-letters") MutinyEmitter<ProducerRecord<String, byte[]>> out) {
        this.out = out;
    }

    /** Returns when the broker has it. */
    void send(ConsumerRecord<String, byte[]> record, InvalidRecordException why) {
        String reason = String.valueOf(why.getMessage());
        LOG.warnf(
                "%s-%d@%d goes to the dead letters: %s",
                record.topic(), record.partition(), record.offset(), reason);
        out.sendAndAwait(io.scalable.contracts.kafka.DeadLetters.textRecord(io.scalable.contracts.kafka.DeadLetters.letter(record, reason, "telemetry", Instant.now())));
    }
}
