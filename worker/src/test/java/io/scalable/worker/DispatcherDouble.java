package io.scalable.worker;

import static org.awaitility.Awaitility.await;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plays the dispatcher: writes assignments and collects the reports from now on. */
final class DispatcherDouble implements AutoCloseable {

    private static final JsonCodec<Assignment> ASSIGNMENTS = JsonCodec.of(Assignment.class);

    private final String deploymentId;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<WorkerReport> reports = new CopyOnWriteArrayList<>();

    DispatcherDouble(Map<String, String> kafka, String deploymentId) {
        this.deploymentId = deploymentId;
        var properties = new HashMap<String, Object>(kafka);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partition = new TopicPartition(Topics.WORKER_REPORTS, 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        long unused = consumer.position(partition);
    }

    void send(Assignment assignment, int partition) throws Exception {
        send(assignment.workerId(), ASSIGNMENTS.encode(assignment), partition);
    }

    void send(String key, byte[] body, int partition) throws Exception {
        var topic = Topics.assignments(deploymentId);
        var bytes = key.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, partition, bytes, body)).get();
    }

    void sendAll(List<? extends Assignment> assignments, int partition) {
        var topic = Topics.assignments(deploymentId);
        for (Assignment assignment : assignments) {
            var key = assignment.workerId().getBytes(StandardCharsets.UTF_8);
            var unused =
                    producer.send(
                            new ProducerRecord<>(
                                    topic, partition, key, ASSIGNMENTS.encode(assignment)));
        }
        producer.flush();
    }

    /** Every report so far, oldest first. */
    List<WorkerReport> reports() {
        consumer.poll(Duration.ofMillis(20))
                .forEach(
                        report -> {
                            TopicRecord decoded =
                                    TopicRecords.decode(
                                            report.topic(), report.key(), report.value());
                            if (deploymentId.equals(decoded.deploymentId())) {
                                ((TopicRecord.Present) decoded)
                                        .bodies()
                                        .forEach(body -> reports.add((WorkerReport) body));
                            }
                        });
        return reports;
    }

    /** The first report of a kind that fits, waited for. */
    <T extends WorkerReport> T await1(Class<T> type, Predicate<T> fits) {
        return await()
                .atMost(Duration.ofSeconds(45))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> reports().stream().filter(type::isInstance).map(type::cast).toList(),
                        found -> found.stream().anyMatch(fits))
                .stream()
                .filter(fits)
                .findFirst()
                .orElseThrow();
    }

    /** How an attempt ended. */
    AttemptFinished finished(String taskId) {
        return await1(AttemptFinished.class, f -> f.taskId().equals(taskId));
    }

    long count(Class<? extends WorkerReport> type) {
        return reports().stream().filter(type::isInstance).count();
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
