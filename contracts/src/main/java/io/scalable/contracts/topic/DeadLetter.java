package io.scalable.contracts.topic;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.dead-letters}: a record that nobody could use, and why. Of a large
 * record it has the beginning; the whole one stands where topic, partition and offset say.
 *
 * @param topic where it stood
 * @param partition its partition
 * @param offset its offset
 * @param key its key as text; null if it had none
 * @param value its bytes, or the first {@link io.scalable.contracts.Limits#LETTER_VALUE_BYTES} of
 *     them; null if it had none
 * @param reason what is wrong, where, and what is wanted
 * @param consumer who refused it
 * @param at when
 * @param bytes how many bytes the whole value has, if {@code value} is only its beginning; else
 *     null
 * @param headers the record's headers, the last of each name; null if it had none
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        byte @Nullable [] value,
        String reason,
        String consumer,
        Instant at,
        @Nullable Long bytes,
        @Nullable Map<String, byte[]> headers) {}
