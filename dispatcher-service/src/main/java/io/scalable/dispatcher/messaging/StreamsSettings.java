package io.scalable.dispatcher.messaging;

import io.scalable.contracts.Limits;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams set so that reports are taken at once, and a dead instance is soon missed. */
final class StreamsSettings {

    static final String APPLICATION_ID = "scalable-dispatcher";

    /** A task is tried again for so long while the broker is away, which readiness shows. */
    private static final Duration BROKER_AWAY = Duration.ofDays(1);

    private StreamsSettings() {}

    /**
     * @param sessionTimeout after so much silence the group gives an instance's partitions away
     */
    static Properties of(
            Map<String, String> kafka, HostSettings settings, Duration sessionTimeout) {
        var p = new Properties();
        p.putAll(kafka);
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        p.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.processingGuarantee());
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        p.put(StreamsConfig.POLL_MS_CONFIG, DispatcherProcessor.BETWEEN_ANSWERS.toMillis());
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
        // Rows are held back by RowStore.
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        p.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, BROKER_AWAY.toMillis());
        p.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        // Metrics are read from Streams itself; a bean for each would take a tenth of a start.
        p.put(StreamsConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        consumer(p, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // What a transaction took back was never said.
        consumer(p, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer(p, ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        // All that a poll gets is processed before the next: so long does a report wait.
        consumer(p, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50);
        consumer(p, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) sessionTimeout.toMillis());
        consumer(
                p,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) sessionTimeout.dividedBy(3).toMillis());
        // Results and leases have a producer of their own: who reads what goes here does not wait
        // for it.
        producer(p, ProducerConfig.LINGER_MS_CONFIG, 20);
        // The rows of a commit go in a few requests.
        producer(p, ProducerConfig.BATCH_SIZE_CONFIG, Limits.SHARED_RECORD_BYTES);
        producer(p, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Limits.OWN_RECORD_BYTES);
        producer(p, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        producer(p, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        return p;
    }

    private static void consumer(Properties p, String key, Object value) {
        p.put(StreamsConfig.mainConsumerPrefix(key), value);
    }

    private static void producer(Properties p, String key, Object value) {
        p.put(StreamsConfig.producerPrefix(key), value);
    }
}
