package io.scalable.worker;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the worker's Kafka clients from the properties it was given and its own needs. */
final class KafkaClients {

    private KafkaClients() {}

    /** Sends at once, in order, and keeps trying as long as the worker may wait for its broker. */
    static Producer<byte[], byte[]> producer(WorkerConfig config) {
        long patience = Math.max(120_000, config.orphanTimeout().plusSeconds(60).toMillis());
        Map<String, Object> properties = common(config);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Long.toString(Math.min(patience, Integer.MAX_VALUE)));
        properties.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                Long.toString(config.firstContact().toMillis()));
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads without a group, and never what an aborted transaction wrote. */
    static Consumer<byte[], byte[]> consumer(WorkerConfig config) {
        Map<String, Object> properties = common(config);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> common(WorkerConfig config) {
        var properties = new HashMap<String, Object>(config.kafka());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, config.workerId());
        properties.put("metric.reporters", "");
        properties.put("enable.metrics.push", "false");
        return properties;
    }
}
