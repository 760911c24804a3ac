package io.scalable.dispatcher.messaging;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A record to write.
 *
 * @param key its key
 * @param topic where to
 * @param partition its partition; null leaves it to the key
 * @param value its bytes; null takes back what stands under the key
 * @param headers what it carries beside its value
 */
record Outgoing(
        byte[] key,
        String topic,
        @Nullable Integer partition,
        byte @Nullable [] value,
        Iterable<Header> headers) {

    /** On the wire it is just its bytes. */
    static Serializer<Outgoing> serializer() {
        return (_, outgoing) -> outgoing.value();
    }
}
