package io.scalable.telemetry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalable.contracts.Backoff;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.RecordLoop;
import io.scalable.contracts.kafka.RecordLoop.State;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.telemetry.Events;
import io.scalable.telemetry.metrics.FleetMetrics;
import io.scalable.telemetry.metrics.ServiceGauges;
import io.scalable.telemetry.store.Database;
import io.scalable.telemetry.store.StoreException;
import io.scalable.telemetry.store.TaskFilter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that is stopped and started while records come in. */
class DatabaseOutageIT {

    private static final String D = "run-1";
    private static final TopicPartition PARTITION = new TopicPartition(Topics.TASK_EVENTS, 0);
    private static final JsonCodec<TaskEvent> EVENTS = JsonCodec.of(TaskEvent.class);
    private static final Instant NEVER = Instant.parse("+1000000000-12-31T23:59:59Z");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path folder;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> letters =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void nothingIsLostWhileTheDatabaseIsAwayAndTheLoopGoesOnByItself() throws Exception {
        int port = freePort();
        String url = "jdbc:postgresql://localhost:" + port + "/postgres";
        assertThatThrownBy(() -> Database.open(url, "postgres", null))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.fault()).isEqualTo(StoreException.Fault.DATABASE));

        EmbeddedPostgres server = start(port);
        try (Database database = Database.open(url, "postgres", null);
                RecordLoop loop = loop(database)) {
            write(0, Events.queued(D, D + "/fit/0"));
            await().atMost(SOON).until(() -> committed() == 1);

            server.close();
            write(1, Events.queued(D, D + "/fit/1"));
            await().atMost(SOON).until(() -> loop.state() instanceof State.Waiting);
            assertThat(((State.Waiting) loop.state()).reason())
                    .startsWith("cannot store 1 records: the database does not serve us")
                    .doesNotContainIgnoringCase("insert");
            assertThat(committed()).isEqualTo(1);

            server = start(port);
            write(2, Events.failed(D, D + "/fit/2", "x", NEVER));
            write(3, Events.failed(D, D + "/fit/3", "boom\0boom", Events.at(5)));
            await().atMost(SOON).until(() -> committed() == 4);

            assertThat(loop.state()).isInstanceOf(State.Reading.class);
            assertThat(database.reader().tasks(D, TaskFilter.ALL, 10, 0))
                    .extracting(t -> t.taskId())
                    .containsExactly(D + "/fit/0", D + "/fit/1", D + "/fit/3");
            assertThat(letters.history())
                    .singleElement()
                    .satisfies(
                            letter ->
                                    assertThat(
                                                    JsonCodec.of(DeadLetter.class)
                                                            .decode(letter.value())
                                                            .offset())
                                            .isEqualTo(2));
        } finally {
            server.close();
        }
    }

    private RecordLoop loop(Database database) {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
        var registry = new SimpleMeterRegistry();
        return RecordLoop.start(
                new RecordLoop.Settings(
                        "loop-under-test",
                        List.of(Topics.TASK_EVENTS),
                        true,
                        new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)),
                        _ -> {}),
                () -> consumer,
                new HistoryRecords(
                        database.writer(),
                        database.reader(),
                        database.services(),
                        new FleetMetrics(registry),
                        new ServiceGauges(registry),
                        new LetterBox(this::letter),
                        InstantSource.system()));
    }

    private CompletionStage<?> letter(ProducerRecord<byte[], byte[]> record) {
        var _ = letters.send(record);
        return CompletableFuture.completedFuture(null);
    }

    private void write(long offset, TaskEvent event) {
        consumer.schedulePollTask(
                () ->
                        consumer.addRecord(
                                new ConsumerRecord<>(
                                        Topics.TASK_EVENTS,
                                        0,
                                        offset,
                                        D.getBytes(StandardCharsets.UTF_8),
                                        EVENTS.encode(event))));
    }

    private long committed() {
        var offset = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
