package io.scalable.telemetry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.topic.Topics;
import io.scalable.telemetry.domain.HistoryEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DecoderTest {

    private static final Instant AT = Instant.ofEpochSecond(1_800_000_000L);

    @Test
    void aRecordIsReadAsItsTopicPromises() {
        TaskEvent event = new TaskEvent.TaskQueued("d", "d/t/0", "t", "c", 1, AT);

        assertThat(
                        Decoder.decode(
                                Topics.TASK_EVENTS,
                                "d",
                                JsonCodec.of(TaskEvent.class).encode(event),
                                AT))
                .contains(new HistoryEvent.OfTask(event));
    }

    @Test
    void aDeploymentsTombstoneEndsIt() {
        assertThat(Decoder.decode(Topics.DEPLOYMENTS, "d", null, AT))
                .contains(new HistoryEvent.Ended("d", AT));
    }

    @Test
    void aPlansTombstoneSaysNothing() {
        assertThat(Decoder.decode(Topics.SCALE_PLANS, "d", null, AT)).isEmpty();
    }

    @Test
    void aRecordOfAnotherKindIsInvalid() {
        byte[] value = "{\"type\":\"TaskBaked\"}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Decoder.decode(Topics.TASK_EVENTS, "d", value, AT))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("TaskBaked");
    }

    @Test
    void anEventWithoutAValueIsInvalid() {
        assertThatThrownBy(() -> Decoder.decode(Topics.TASK_EVENTS, "d", null, AT))
                .isInstanceOf(InvalidRecordException.class);
    }
}
