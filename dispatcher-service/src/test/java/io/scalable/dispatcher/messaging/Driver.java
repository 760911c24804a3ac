package io.scalable.dispatcher.messaging;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.Topics;
import io.scalable.dispatcher.Samples;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes a deployment, submits its tasks and gathers the results. */
final class Driver implements AutoCloseable {

    private static final JsonCodec<TaskResult> RESULT = JsonCodec.of(TaskResult.class);

    final Map<String, TaskResult> results = new HashMap<>();

    /** Results of tasks that had another one before. */
    final List<TaskResult> contradicted = new ArrayList<>();

    private final String deployment;
    private final Map<String, String> kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    Driver(String deployment, Map<String, String> kafka, URI storage) {
        this.deployment = deployment;
        this.kafka = kafka;
        try (var topics = new TopicAdmin(kafka)) {
            topics.createDeployment(deployment, 4);
        }
        producer =
                new KafkaProducer<>(
                        new HashMap<String, Object>(kafka),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        var reading = new HashMap<String, Object>(kafka);
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer =
                new KafkaConsumer<>(
                        reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var own = new TopicPartition(Topics.results(deployment), 0);
        consumer.assign(List.of(own));
        consumer.seekToBeginning(List.of(own));
        send(
                Topics.DEPLOYMENTS,
                JsonCodec.of(DeploymentSpec.class).encode(Samples.deployment(deployment, storage)));
    }

    void submit(String name, int from, int to) {
        var codec = JsonCodec.of(TaskCommand.class);
        for (int i = from; i < to; i++) {
            send(Topics.TASKS, codec.encode(Samples.task(deployment, name, i)));
        }
        producer.flush();
    }

    /** Submits one task in a transaction of its own, which is aborted. */
    void submitAndAbort(String name, int index) {
        try (var transaction = submitInTransaction(name, index)) {
            transaction.abortTransaction();
        }
    }

    /** Submits one task in a transaction of its own, which stays open. */
    KafkaProducer<byte[], byte[]> submitInTransaction(String name, int index) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put("transactional.id", deployment + "-" + index);
        byte[] task = JsonCodec.of(TaskCommand.class).encode(Samples.task(deployment, name, index));
        byte[] key = deployment.getBytes(StandardCharsets.UTF_8);
        var transactional =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer());
        transactional.initTransactions();
        transactional.beginTransaction();
        var _ = transactional.send(new ProducerRecord<>(Topics.TASKS, key, task));
        transactional.flush();
        return transactional;
    }

    /** Reads results until there are {@code wanted}, or nothing has come for too long. */
    void gather(int wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (results.size() < wanted && System.nanoTime() < deadline) {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
                TaskResult result = RESULT.decode(record.value());
                TaskResult first = results.putIfAbsent(result.taskId(), result);
                if (first != null && !first.equals(result)) {
                    contradicted.add(result);
                }
            }
        }
    }

    private void send(String topic, byte[] value) {
        byte[] key = deployment.getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    /** Ends the deployment and takes its topics away at once. */
    @Override
    public void close() {
        var unused =
                producer.send(
                        new ProducerRecord<>(
                                Topics.DEPLOYMENTS,
                                deployment.getBytes(StandardCharsets.UTF_8),
                                null));
        producer.close();
        consumer.close();
        try (var topics = new TopicAdmin(kafka)) {
            topics.deleteDeployment(deployment);
        }
    }
}
