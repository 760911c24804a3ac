package io.scalable.cli;

import io.scalable.contracts.topic.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The record that is sent when a dead letter is sent again: as it was, to the byte. */
final class LetterReplay {

    private LetterReplay() {}

    /**
     * The record, from where it stands, else from its letter.
     *
     * @param original the record itself; null where its topic no longer has it
     * @throws UserException if only a part of it is left
     */
    static ProducerRecord<byte[], byte[]> of(
            DeadLetter letter, @Nullable ConsumerRecord<byte[], byte[]> original) {
        if (original != null) {
            return new ProducerRecord<>(
                    letter.topic(), null, original.key(), original.value(), original.headers());
        }
        Long whole = letter.bytes();
        if (whole != null) {
            throw new UserException(
                    "%s-%d@%d: its topic no longer has the record, and its dead letter has only a part of its %d bytes"
                            .formatted(letter.topic(), letter.partition(), letter.offset(), whole));
        }
        String key = letter.key();
        var headers = new RecordHeaders();
        Map<String, byte[]> kept = letter.headers();
        if (kept != null) {
            kept.forEach(headers::add);
        }
        return new ProducerRecord<>(
                letter.topic(),
                null,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                letter.value(),
                headers);
    }
}
