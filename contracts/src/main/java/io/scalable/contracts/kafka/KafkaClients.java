package io.scalable.contracts.kafka;

import io.scalable.contracts.Limits;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one maker of Kafka clients. All of them speak bytes, make no topics by themselves, publish no
 * metrics of their own; consumers never see what a transaction took back; producers are durable and
 * in order, and wait for nothing to fill a batch.
 */
public final class KafkaClients {

    private KafkaClients() {}

    /**
     * A consumer without a group: its user assigns partitions and seeks.
     *
     * @param kafka client properties, {@code bootstrap.servers} at least
     * @param clientId what brokers call it
     * @param own further properties, which win over all others
     */
    public static KafkaConsumer<byte[], byte[]> consumer(
            Map<String, ?> kafka, String clientId, Map<String, ?> own) {
        Map<String, Object> settings = common(kafka, clientId);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.putAll(own);
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A producer.
     *
     * @param kafka client properties, {@code bootstrap.servers} at least
     * @param clientId what brokers call it
     * @param own further properties, which win over all others
     */
    public static KafkaProducer<byte[], byte[]> producer(
            Map<String, ?> kafka, String clientId, Map<String, ?> own) {
        Map<String, Object> settings = common(kafka, clientId);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // How large a record may be says its topic.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Limits.OWN_RECORD_BYTES);
        settings.putAll(own);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * An admin client.
     *
     * @param kafka client properties, {@code bootstrap.servers} at least
     * @param clientId what brokers call it
     */
    public static Admin admin(Map<String, ?> kafka, String clientId) {
        return Admin.create(common(kafka, clientId));
    }

    private static Map<String, Object> common(Map<String, ?> kafka, String clientId) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }
}
