package io.scalable.worker;

import io.scalable.contracts.Json;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Does what every worker does while it starts, and changes nothing: with {@code
 * -XX:AOTCacheOutput=FILE} Java keeps what it learned of it (JEP 514), and workers that are given
 * the cache start with a fraction of the work. Its argument is a worker's configuration, as for
 * {@link WorkerMain}.
 */
public final class WorkerTraining {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration A_LOOK = Duration.ofMillis(300);

    private WorkerTraining() {}

    public static void main(String[] args) throws IOException {
        ProcessLogging.quiet();
        var config = Json.mapper().readValue(Path.of(args[0]).toFile(), WorkerConfig.class);
        var partition = new TopicPartition(Topics.WORKER_REPORTS, 0);
        try (var producer = BrokerClients.producer(config);
                var consumer = BrokerClients.consumer(config);
                var loader =
                        TaskLoader.of(
                                config.component(),
                                config.classpath(),
                                ClassLoader.getSystemClassLoader());
                var _ =
                        new CommandTasks(
                                config, TaskLogs.at(config.storage()), OutOfMemoryKills.here());
                var _ = new Timer(config.workerId())) {
            producer.partitionsFor(Topics.WORKER_REPORTS);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition, PATIENCE);
            consumer.poll(A_LOOK);
            var unused = new HandlerLookup(loader, new TaskJson(loader.classes()));
            var unusedToo = Payloads.at(config.storage());
            encodeAndDecode(config);
        }
    }

    private static void encodeAndDecode(WorkerConfig config) {
        var codec = JsonCodec.of(WorkerReport.class);
        var report =
                new WorkerHeartbeat(
                        config.deploymentId(),
                        config.workerId(),
                        config.component(),
                        config.slots(),
                        config.partition(),
                        List.of(),
                        false,
                        null,
                        Instant.now());
        var unused = codec.decode(codec.encode(report));
    }
}
