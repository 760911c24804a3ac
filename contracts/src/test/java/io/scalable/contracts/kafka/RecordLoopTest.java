package io.scalable.contracts.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.Backoff;
import io.scalable.contracts.kafka.RecordLoop.State;
import io.scalable.contracts.kafka.RecordLoop.TryAgainException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordLoopTest {

    private static final String TOPIC = "topic";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final List<MockConsumer<byte[], byte[]>> consumers = new CopyOnWriteArrayList<>();
    private final List<List<Long>> batches = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> ended = new AtomicReference<>();
    private final AtomicReference<String> away = new AtomicReference<>();
    private final AtomicReference<RuntimeException> fault = new AtomicReference<>();
    private final Collection<TopicPartition> revoked = new CopyOnWriteArrayList<>();
    private final RecordLoop loop =
            RecordLoop.start(
                    new RecordLoop.Settings(
                            "loop-under-test",
                            List.of(TOPIC),
                            true,
                            new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
                            ended::set),
                    this::consumer,
                    new Reader());

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void whatIsReadIsTakenInAndCommitted() {
        write(consumerNumber(0), 0, 1);

        awaitRecords(0L, 1L);
        await().until(() -> committed() == 2);
        assertThat(loop.state()).isInstanceOf(State.Reading.class);
    }

    @Test
    void whatCannotBeTakenInNowComesAgainAndNothingIsLost() {
        away.set("the store is away");
        write(consumerNumber(0), 0, 1);
        await().until(() -> batches.size() > 3);
        assertThat(loop.state())
                .isInstanceOfSatisfying(
                        State.Waiting.class,
                        w -> assertThat(w.reason()).isEqualTo("the store is away"));
        assertThat(committed()).as("nothing is committed that is not taken in").isZero();

        away.set(null);

        await().until(() -> committed() == 2);
        assertThat(batches).allSatisfy(batch -> assertThat(batch).startsWith(0L, 1L));
        await().until(() -> loop.state() instanceof State.Reading);
        write(consumerNumber(0), 2);
        await().until(() -> committed() == 3);
    }

    @Test
    void whatWaitsForAPartitionThatIsAnothersIsDropped() {
        away.set("the store is away");
        write(consumerNumber(0), 0);
        await().until(() -> !batches.isEmpty());
        MockConsumer<byte[], byte[]> consumer = consumerNumber(0);

        consumer.schedulePollTask(() -> consumer.rebalance(List.of()));

        await().until(() -> revoked.contains(PARTITION));
        int before = batches.size();
        away.set(null);
        assertThat(batches.size() - before).isLessThanOrEqualTo(1);
        assertThat(committed()).isZero();
    }

    @Test
    void aConsumerThatFailsIsReplaced() {
        MockConsumer<byte[], byte[]> first = consumerNumber(0);
        first.schedulePollTask(() -> first.setPollException(new KafkaException("no coordinator")));

        write(consumerNumber(1), 5);

        awaitRecords(5L);
        assertThat(first.closed()).isTrue();
        assertThat(ended.get()).isNull();
    }

    @Test
    void aReaderThatFailsEndsTheLoopAndIsTold() {
        var bug = new IllegalStateException("a bug");
        fault.set(bug);
        write(consumerNumber(0), 0);

        await().until(() -> ended.get() != null);

        assertThat(ended.get()).isSameAs(bug);
        assertThat(loop.state())
                .isInstanceOfSatisfying(
                        State.Ended.class, e -> assertThat(e.reason()).contains("a bug"));
    }

    private Consumer<byte[], byte[]> consumer() {
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
        consumers.add(consumer);
        return consumer;
    }

    private MockConsumer<byte[], byte[]> consumerNumber(int number) {
        await().until(
                        () ->
                                consumers.size() > number
                                        && !consumers.get(number).assignment().isEmpty());
        return consumers.get(number);
    }

    private static void write(MockConsumer<byte[], byte[]> consumer, long... offsets) {
        consumer.schedulePollTask(
                () -> {
                    for (long offset : offsets) {
                        consumer.addRecord(
                                new ConsumerRecord<>(TOPIC, 0, offset, null, new byte[0]));
                    }
                });
    }

    private void awaitRecords(Long... offsets) {
        await().untilAsserted(
                        () ->
                                assertThat(batches.stream().flatMap(List::stream))
                                        .containsExactly(offsets));
    }

    private long committed() {
        OffsetAndMetadata offset = consumers.getFirst().committed(Set.of(PARTITION)).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }

    private final class Reader implements RecordLoop.Reader {

        @Override
        public void read(List<ConsumerRecord<byte[], byte[]>> records) throws TryAgainException {
            batches.add(
                    Collections.unmodifiableList(
                            new ArrayList<>(
                                    records.stream().map(ConsumerRecord::offset).toList())));
            RuntimeException bug = fault.get();
            if (bug != null) {
                throw bug;
            }
            String reason = away.get();
            if (reason != null) {
                throw new TryAgainException(reason, new IllegalStateException(reason));
            }
        }

        @Override
        public void revoked(Collection<TopicPartition> partitions) {
            revoked.addAll(partitions);
        }
    }
}
