package io.scalable.provider.local.service;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The rest of the world to the service under test: publishes, and keeps what it hears. */
final class Wire implements AutoCloseable {

    private static final JsonCodec<DeploymentSpec> DEPLOYMENTS = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<ScalePlan> PLANS = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<WorkerLifecycle> LIFECYCLE = JsonCodec.of(WorkerLifecycle.class);
    private static final JsonCodec<DeadLetter> DEAD_LETTERS = JsonCodec.of(DeadLetter.class);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<WorkerLifecycle> lifecycle = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    Wire(Map<String, String> kafka, String name) {
        var settings = new HashMap<String, Object>(kafka);
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "wire-" + name);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.WORKER_LIFECYCLE, Topics.DEAD_LETTERS));
    }

    void publish(DeploymentSpec deployment) {
        send(Topics.DEPLOYMENTS, deployment.deploymentId(), DEPLOYMENTS.encode(deployment));
    }

    void publish(ScalePlan plan) {
        send(Topics.SCALE_PLANS, plan.deploymentId(), PLANS.encode(plan));
    }

    void end(String deploymentId) {
        send(Topics.DEPLOYMENTS, deploymentId, null);
    }

    void send(String topic, String key, byte[] value) {
        try {
            var bytes = key.getBytes(StandardCharsets.UTF_8);
            var unused = producer.send(new ProducerRecord<>(topic, bytes, value)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What was said of a deployment's workers so far, of one type. */
    <T extends WorkerLifecycle> List<T> heard(String deploymentId, Class<T> type) {
        listen();
        return lifecycle.stream()
                .filter(event -> event.deploymentId().equals(deploymentId))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<DeadLetter> deadLetters() {
        listen();
        return List.copyOf(deadLetters);
    }

    private void listen() {
        for (var entry : consumer.poll(Duration.ofMillis(50))) {
            if (entry.topic().equals(Topics.WORKER_LIFECYCLE)) {
                lifecycle.add(LIFECYCLE.decode(entry.value()));
            } else {
                deadLetters.add(DEAD_LETTERS.decode(entry.value()));
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
