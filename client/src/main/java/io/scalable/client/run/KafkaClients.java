package io.scalable.client.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of a run from the settings that were handed in. */
final class KafkaClients {

    private KafkaClients() {}

    /** For bytes, from assigned positions, without a group. */
    static KafkaConsumer<byte[], byte[]> consumer(Map<String, String> kafka) {
        var settings = properties(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
        // A dispatcher may be set to transactions; what it takes back must not be seen.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** For bytes, at once and in order. */
    static KafkaProducer<byte[], byte[]> producer(Map<String, String> kafka, Duration patience) {
        var settings = properties(kafka);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(patience.toMillis()));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The settings for admin calls that give up after {@code patience}. */
    static Map<String, String> impatient(Map<String, String> kafka, Duration patience) {
        var settings = new HashMap<>(kafka);
        String limit = Long.toString(patience.toMillis());
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, limit);
        return settings;
    }

    private static Properties properties(Map<String, String> kafka) {
        var settings = new Properties();
        settings.putAll(kafka);
        return settings;
    }
}
