package io.scalable.dispatcher.messaging;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A worker whose tasks take no time and return their input. */
final class FakeWorker implements AutoCloseable {

    private static final JsonCodec<WorkerReport> REPORT = JsonCodec.of(WorkerReport.class);

    private final String deployment;
    private final String id;
    private final int partition;
    private final Map<String, String> kafka;
    private final Thread thread;
    private final Queue<String> leased = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private FakeWorker(String deployment, String id, int partition, Map<String, String> kafka) {
        this.deployment = deployment;
        this.id = id;
        this.partition = partition;
        this.kafka = kafka;
        this.thread = Thread.ofPlatform().name(id).daemon().unstarted(this::work);
    }

    static FakeWorker start(
            String deployment, String id, int partition, Map<String, String> kafka) {
        var worker = new FakeWorker(deployment, id, partition, kafka);
        worker.thread.start();
        return worker;
    }

    /** The ids of all tasks that it was given, in the order of their leases. */
    List<String> leased() {
        return List.copyOf(leased);
    }

    private void work() {
        try (var consumer =
                        new KafkaConsumer<>(
                                client(),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                var producer =
                        new KafkaProducer<>(
                                client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var mine = new TopicPartition(Topics.assignments(deployment), partition);
            consumer.assign(List.of(mine));
            consumer.seekToEnd(List.of(mine));
            long unused = consumer.position(mine);
            report(
                    producer,
                    new WorkerReady(
                            deployment,
                            id,
                            "forecast",
                            1,
                            partition,
                            "host",
                            1,
                            null,
                            Instant.now()));
            Instant lastBeat = Instant.now();
            while (!stopped) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    TopicRecord decoded =
                            TopicRecords.decode(record.topic(), record.key(), record.value());
                    for (Record body : ((TopicRecord.Present) decoded).bodies()) {
                        if (body instanceof LeaseGranted lease && lease.workerId().equals(id)) {
                            run(producer, lease);
                        }
                    }
                }
                if (Duration.between(lastBeat, Instant.now()).toMillis() >= 1000) {
                    lastBeat = Instant.now();
                    report(
                            producer,
                            new WorkerHeartbeat(
                                    deployment,
                                    id,
                                    "forecast",
                                    1,
                                    partition,
                                    List.of(),
                                    false,
                                    null,
                                    lastBeat));
                }
            }
        }
    }

    private void run(KafkaProducer<byte[], byte[]> producer, LeaseGranted lease) {
        leased.add(lease.taskId());
        report(
                producer,
                new AttemptStarted(deployment, id, lease.taskId(), lease.attempt(), Instant.now()));
        report(
                producer,
                new AttemptFinished(
                        deployment,
                        id,
                        lease.taskId(),
                        lease.attempt(),
                        lease.input(),
                        null,
                        0.0001,
                        Instant.now()));
    }

    private void report(KafkaProducer<byte[], byte[]> producer, WorkerReport report) {
        byte[] key = deployment.getBytes(StandardCharsets.UTF_8);
        var unused =
                producer.send(
                        new ProducerRecord<>(Topics.WORKER_REPORTS, key, REPORT.encode(report)));
    }

    private Map<String, Object> client() {
        var client = new HashMap<String, Object>(kafka);
        client.put("linger.ms", 0);
        return client;
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
