package io.scalable.contracts.kafka;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A record from Kafka that its reader cannot use. */
public final class RefusedRecord {

    private static final JsonCodec<DeadLetter> CODEC = JsonCodec.of(DeadLetter.class);

    private RefusedRecord() {}

    /**
     * Its dead letter: the record, untouched, with what is wrong with it.
     *
     * @param reason what is wrong, where, and what is wanted
     * @param consumer who refused it
     */
    public static DeadLetter letter(
            ConsumerRecord<String, byte[]> record, String reason, String consumer, Instant at) {
        return new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.value(),
                reason,
                consumer,
                at);
    }

    /** The same as a record for {@code scalable.dead-letters}, under the refused record's key. */
    public static ProducerRecord<String, byte[]> forDeadLetters(
            ConsumerRecord<String, byte[]> record, String reason, String consumer, Instant at) {
        DeadLetter letter = letter(record, reason, consumer, at);
        return new ProducerRecord<>(
                Topics.DEAD_LETTERS,
                null,
                Objects.requireNonNullElse(record.key(), ""),
                CODEC.encode(letter),
                SchemaHeader.of(letter));
    }
}
