package io.scalable.telemetry.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.RefusedRecord;
import io.scalable.contracts.topic.DeadLetter;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** Puts records that nobody can use aside, untouched, with the reason. */
@ApplicationScoped
class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final JsonCodec<DeadLetter> CODEC = JsonCodec.of(DeadLetter.class);

    private final MutinyEmitter<Record<String, byte[]>> out;

    DeadLetters(@Channel("telemetry-dead-letters") MutinyEmitter<Record<String, byte[]>> out) {
        this.out = out;
    }

    /** Returns when the broker has it. */
    void send(ConsumerRecord<String, byte[]> record, InvalidRecordException why) {
        String reason = String.valueOf(why.getMessage());
        LOG.warnf(
                "%s-%d@%d goes to the dead letters: %s",
                record.topic(), record.partition(), record.offset(), reason);
        DeadLetter letter = RefusedRecord.letter(record, reason, "telemetry", Instant.now());
        String key = Objects.requireNonNullElse(record.key(), "");
        out.sendAndAwait(Record.of(key, CODEC.encode(letter)));
    }
}
