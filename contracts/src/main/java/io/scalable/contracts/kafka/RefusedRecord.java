package io.scalable.contracts.kafka;

import io.scalable.contracts.topic.DeadLetter;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record from Kafka that its reader cannot use. */
public final class RefusedRecord {

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
}
