package io.scalable.worker;

import io.scalable.contracts.kafka.KafkaClients;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The worker's Kafka clients: what all clients have, and how patient this worker is. */
final class BrokerClients {

    private BrokerClients() {}

    /** Keeps trying as long as the worker may wait for its broker. */
    static Producer<byte[], byte[]> producer(WorkerConfig config) {
        long patience = Math.max(120_000, config.orphanTimeout().plusSeconds(60).toMillis());
        return KafkaClients.producer(
                config.kafka(),
                config.workerId(),
                Map.of(
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "none",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) Math.min(patience, Integer.MAX_VALUE),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        config.firstContact().toMillis()));
    }

    /** Reads what is new. */
    static Consumer<byte[], byte[]> consumer(WorkerConfig config) {
        return KafkaClients.consumer(
                config.kafka(),
                config.workerId(),
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000));
    }
}
