package io.scalable.dispatcher.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Last words by a producer and a thread of their own, made when first needed. Thread-safe. */
final class KafkaFarewell implements Farewell, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaFarewell.class);

    private final Map<String, String> kafka;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("dispatcher-farewell").daemon().factory());
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    KafkaFarewell(Map<String, String> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    @Override
    public void send(byte[] key, Outgoing assignment) {
        thread.execute(() -> sendNow(key, assignment));
    }

    private void sendNow(byte[] key, Outgoing assignment) {
        var record =
                new ProducerRecord<>(
                        assignment.topic(),
                        assignment.partition(),
                        key,
                        assignment.value(),
                        assignment.headers());
        try {
            var unused =
                    producer()
                            .send(
                                    record,
                                    (_, problem) -> {
                                        if (problem != null) {
                                            LOG.debugf(
                                                    "no farewell on %s: %s",
                                                    record.topic(), problem);
                                        }
                                    });
        } catch (RuntimeException e) {
            LOG.debugf("no farewell on %s: %s", assignment.topic(), e);
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> existing = producer;
        if (existing != null) {
            return existing;
        }
        var settings = new HashMap<String, Object>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, StreamsSettings.APPLICATION_ID + "-farewell");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        var made =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer = made;
        return made;
    }

    /** Gives what is under way a moment, then drops it. */
    @Override
    public void close() {
        thread.execute(
                () -> {
                    if (producer != null) {
                        producer.close(Duration.ofSeconds(1));
                    }
                });
        thread.shutdown();
    }
}
