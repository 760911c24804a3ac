package io.scalable.provider.kafka;

import io.scalable.contracts.kafka.SchemaHeader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How this package's records are made and sent: durable, in order, at once. */
final class ByteRecords {

    private ByteRecords() {}

    static KafkaProducer<byte[], byte[]> producer(Map<String, String> kafka) {
        var config = new HashMap<String, Object>(kafka);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * @param record what {@code value} is
     */
    static ProducerRecord<byte[], byte[]> of(
            String topic, String key, byte[] value, Record record) {
        return new ProducerRecord<>(
                topic, null, key.getBytes(StandardCharsets.UTF_8), value, SchemaHeader.of(record));
    }

    static ProducerRecord<byte[], byte[]> tombstone(String topic, String key) {
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), null);
    }
}
