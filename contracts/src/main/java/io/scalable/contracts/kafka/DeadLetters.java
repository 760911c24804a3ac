package io.scalable.contracts.kafka;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Limits;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Makes the dead letters of records that a consumer cannot use. A letter always fits its topic. */
public final class DeadLetters {

    private static final JsonCodec<DeadLetter> CODEC = JsonCodec.of(DeadLetter.class);
    private static final int HEADERS_KEPT = 16;
    private static final int HEADER_BYTES = 1024;

    private DeadLetters() {}

    /**
     * The dead letter of a record: what is too large of it is cut.
     *
     * @param record with a key of bytes or of text
     * @param reason what is wrong, where, and what is wanted
     * @param consumer who refused it
     */
    public static DeadLetter letter(
            ConsumerRecord<?, byte[]> record, String reason, String consumer, Instant at) {
        return letter(
                record.topic(),
                record.partition(),
                record.offset(),
                text(record.key()),
                record.value(),
                record.headers(),
                reason,
                consumer,
                at);
    }

    /**
     * The dead letter of a record that is at hand in its parts.
     *
     * @param key its key as text; null if it had none
     * @param value its bytes; null if it had none
     */
    public static DeadLetter letter(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            byte @Nullable [] value,
            Headers headers,
            String reason,
            String consumer,
            Instant at) {
        boolean whole = value == null || value.length <= Limits.LETTER_VALUE_BYTES;
        return new DeadLetter(
                topic,
                partition,
                offset,
                key == null ? null : cut(key, Limits.ID_CHARS),
                whole || value == null ? value : Arrays.copyOf(value, Limits.LETTER_VALUE_BYTES),
                cut(reason, Limits.REASON_CHARS),
                consumer,
                at,
                whole || value == null ? null : Long.valueOf(value.length),
                kept(headers));
    }

    /** The letter as a record for its topic, under the refused record's key. */
    public static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        String key = letter.key();
        return new ProducerRecord<>(
                Topics.DEAD_LETTERS,
                null,
                key == null ? new byte[0] : key.getBytes(StandardCharsets.UTF_8),
                CODEC.encode(letter),
                SchemaHeader.of(letter));
    }

    /** The same for a producer whose keys are text. */
    public static ProducerRecord<String, byte[]> textRecord(DeadLetter letter) {
        String key = letter.key();
        return new ProducerRecord<>(
                Topics.DEAD_LETTERS,
                null,
                key == null ? "" : key,
                CODEC.encode(letter),
                SchemaHeader.of(letter));
    }

    private static @Nullable String text(@Nullable Object key) {
        return switch (key) {
            case null -> null;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            default -> key.toString();
        };
    }

    private static String cut(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars - 3) + "...";
    }

    private static @Nullable Map<String, byte[]> kept(Headers headers) {
        var kept = new LinkedHashMap<String, byte[]>();
        for (Header header : headers) {
            boolean small =
                    header.value() != null
                            && header.value().length <= HEADER_BYTES
                            && header.key().length() <= HEADER_BYTES;
            if (small && (kept.size() < HEADERS_KEPT || kept.containsKey(header.key()))) {
                kept.put(header.key(), header.value());
            }
        }
        return kept.isEmpty() ? null : kept;
    }
}
