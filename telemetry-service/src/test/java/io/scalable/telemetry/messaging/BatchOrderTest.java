package io.scalable.telemetry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BatchOrderTest {

    @Test
    void recordsOfSeveralTopicsComeInTheOrderOfTheirTimes() {
        assertThat(
                        order(
                                record("deployments", 0, 10),
                                record("deployments", 1, 30),
                                record("task-events", 0, 20),
                                record("task-events", 1, 40)))
                .containsExactly(
                        "deployments@0", "task-events@0", "deployments@1", "task-events@1");
    }

    @Test
    void aPartitionStaysInItsOrderWhateverItsTimesAre() {
        assertThat(
                        order(
                                record("task-events", 0, 50),
                                record("task-events", 1, 5),
                                record("task-events", 2, 60),
                                record("deployments", 0, 55)))
                .containsExactly(
                        "task-events@0", "task-events@1", "deployments@0", "task-events@2");
    }

    @SafeVarargs
    private static List<String> order(ConsumerRecord<byte[], byte[]>... records) {
        return BatchOrder.of(List.of(records)).stream()
                .map(r -> r.topic() + "@" + r.offset())
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, long time) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
