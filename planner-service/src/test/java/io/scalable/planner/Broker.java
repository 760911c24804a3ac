package io.scalable.planner;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A client of the tests' broker: writes to it and reads what the planner wrote. */
final class Broker implements AutoCloseable {

    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<DeadLetter> LETTER = JsonCodec.of(DeadLetter.class);

    private final Map<String, String> kafka;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    Broker(Map<String, String> kafka) {
        this.kafka = kafka;
    }

    synchronized void write(String topic, String key, byte[] value) {
        if (producer == null) {
            producer =
                    new KafkaProducer<>(
                            new HashMap<String, Object>(kafka),
                            new StringSerializer(),
                            new ByteArraySerializer());
        }
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("cannot write to " + topic, e);
        }
    }

    <T> void write(String topic, String key, Class<T> type, T value) {
        write(topic, key, JsonCodec.of(type).encode(value));
    }

    /** All that the planner has published for the deployment; a tombstone is an empty entry. */
    synchronized List<Optional<ScalePlan>> plans(String deploymentId) {
        poll();
        return seen.stream()
                .filter(r -> r.topic().equals(Topics.SCALE_PLANS) && deploymentId.equals(r.key()))
                .map(r -> Optional.ofNullable(r.value()).map(PLAN::decode))
                .toList();
    }

    synchronized List<DeadLetter> deadLetters() {
        poll();
        return seen.stream()
                .filter(r -> r.topic().equals(Topics.DEAD_LETTERS))
                .map(r -> LETTER.decode(r.value()))
                .toList();
    }

    private void poll() {
        if (consumer == null) {
            consumer =
                    new KafkaConsumer<>(
                            new HashMap<String, Object>(kafka),
                            new StringDeserializer(),
                            new ByteArrayDeserializer());
            var all = new ArrayList<TopicPartition>();
            for (String topic : List.of(Topics.SCALE_PLANS, Topics.DEAD_LETTERS)) {
                consumer.partitionsFor(topic)
                        .forEach(p -> all.add(new TopicPartition(topic, p.partition())));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
        }
        consumer.poll(Duration.ofMillis(50)).forEach(seen::add);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close();
        }
        if (consumer != null) {
            consumer.close();
        }
    }
}
