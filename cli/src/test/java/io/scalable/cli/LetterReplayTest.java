package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.topic.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LetterReplayTest {

    private static final byte[] KEY = {(byte) 0xff, 1};
    private static final byte[] TRACE = "00-1-2-01".getBytes(StandardCharsets.UTF_8);

    @Test
    void aRecordThatStillStandsIsSentAsItIs() {
        var original =
                new ConsumerRecord<byte[], byte[]>("scalable.tasks", 2, 7, KEY, new byte[] {5});
        original.headers().add("traceparent", TRACE);

        var again = LetterReplay.of(letter(null, null), original);

        assertThat(again.topic()).isEqualTo("scalable.tasks");
        assertThat(again.key()).isEqualTo(KEY);
        assertThat(again.value()).containsExactly(5);
        assertThat(again.headers().lastHeader("traceparent").value()).isEqualTo(TRACE);
    }

    @Test
    void elseItsLetterHasItsHeadersToo() {
        var again = LetterReplay.of(letter(null, Map.of("traceparent", TRACE)), null);

        assertThat(again.key()).isEqualTo("words".getBytes(StandardCharsets.UTF_8));
        assertThat(again.value()).containsExactly(1, 2);
        assertThat(again.headers().lastHeader("traceparent").value()).isEqualTo(TRACE);
    }

    @Test
    void aPartOfARecordIsNotSent() {
        assertThatThrownBy(() -> LetterReplay.of(letter(900_000L, null), null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("scalable.tasks-2@7")
                .hasMessageContaining("900000 bytes");
    }

    private static DeadLetter letter(@Nullable Long bytes, @Nullable Map<String, byte[]> headers) {
        return new DeadLetter(
                "scalable.tasks",
                2,
                7,
                "words",
                new byte[] {1, 2},
                "no task",
                "dispatcher",
                Instant.EPOCH,
                bytes,
                headers);
    }
}
