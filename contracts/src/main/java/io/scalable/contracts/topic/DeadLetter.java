package io.scalable.contracts.topic;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.dead-letters}: a record that nobody could use, untouched, and why.
 *
 * @param topic where it stood
 * @param partition its partition
 * @param offset its offset
 * @param key its key as text; null if it had none
 * @param value its bytes
 * @param reason what is wrong, where, and what is wanted
 * @param consumer who refused it
 * @param at when
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        byte @Nullable [] value,
        String reason,
        String consumer,
        Instant at) {}
