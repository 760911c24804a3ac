package io.scalable.telemetry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.topic.Topics;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.domain.ProviderHost;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecoderTest {

    private static final Instant AT = Instant.ofEpochSecond(1_800_000_000L);
    private static final Instant NOW = AT.plusSeconds(5);

    @Test
    void aRecordIsReadAsItsTopicPromises() {
        TaskEvent event = new TaskEvent.TaskQueued("d", "d/t/0", "t", "c", 1, AT);

        assertThat(decode(Topics.TASK_EVENTS, JsonCodec.of(TaskEvent.class).encode(event)))
                .contains(new HistoryEvent.OfTask(event));
    }

    @Test
    void aDeploymentsTombstoneEndsIt() {
        assertThat(decode(Topics.DEPLOYMENTS, null)).contains(new HistoryEvent.Ended("d", AT));
    }

    @Test
    void aPlansTombstoneSaysNothing() {
        assertThat(decode(Topics.SCALE_PLANS, null)).isEmpty();
    }

    @Test
    void aRecordOfAnotherKindIsInvalid() {
        byte[] value = "{\"type\":\"TaskBaked\"}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> decode(Topics.TASK_EVENTS, value))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("TaskBaked");
    }

    @Test
    void anEventWithoutAValueIsInvalid() {
        assertThatThrownBy(() -> decode(Topics.TASK_EVENTS, null))
                .isInstanceOf(InvalidRecordException.class);
    }

    @Test
    void aHostIsHeardWhenItsRecordIsRead() {
        ServiceEvent event =
                new ServiceEvent.ProviderHostSeen("standalone", List.of("local"), Instant.EPOCH);

        assertThat(decode(Topics.SERVICE_EVENTS, JsonCodec.of(ServiceEvent.class).encode(event)))
                .contains(
                        new HistoryEvent.HostHeard(
                                new ProviderHost("standalone", List.of("local"), NOW)));
    }

    private static List<HistoryEvent> decode(String topic, byte @Nullable [] value) {
        return Decoder.decode(
                new ConsumerRecord<>(
                        topic,
                        0,
                        0,
                        AT.toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        1,
                        1,
                        "d".getBytes(StandardCharsets.UTF_8),
                        value,
                        new RecordHeaders(),
                        Optional.empty()),
                NOW);
    }
}
