package io.scalable.contracts.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.Batches.Written;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.TaskCancelled;
import io.scalable.contracts.task.TaskEventRecord;
import io.scalable.contracts.task.TaskEvents;
import io.scalable.contracts.topic.Batch;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static final JsonCodec<TaskEventRecord> CODEC = JsonCodec.of(TaskEventRecord.class);

    @Test
    void nothingIsNoRecordAndOneIsItself() {
        TaskEvent one = event(0, "x");

        assertThat(write(List.of())).isEmpty();
        assertThat(write(List.of(one)))
                .singleElement()
                .satisfies(
                        written -> {
                            assertThat(written.record()).isSameAs(one);
                            assertThat(CODEC.decode(written.json())).isEqualTo(one);
                        });
    }

    @Test
    void allPartsAreThereInOrderHoweverLargeTheyAre() {
        List<TaskEvent> events =
                IntStream.range(0, 1_234)
                        .mapToObj(i -> event(i, "x".repeat(i % 100 == 0 ? 50_000 : 10)))
                        .toList();

        List<Written<TaskEventRecord>> written = write(events);

        assertThat(written.stream().flatMap(BatchesTest::parts)).containsExactlyElementsOf(events);
        assertThat(written).hasSizeLessThan(12);
        assertThat(written).allMatch(w -> w.json().length <= Batches.BYTES);
    }

    @Test
    void aPartThatIsLargeByItselfStandsAlone() {
        List<TaskEvent> events =
                List.of(event(0, "x"), event(1, "x".repeat(2 * Batches.BYTES)), event(2, "x"));

        assertThat(write(events)).hasSize(3);
    }

    private static List<Written<TaskEventRecord>> write(List<TaskEvent> events) {
        return Batches.write(events, some -> new TaskEvents("d", some), CODEC);
    }

    private static Stream<TaskEvent> parts(Written<TaskEventRecord> written) {
        TaskEventRecord record = CODEC.decode(written.json());
        return record instanceof Batch<?> batch
                ? batch.parts().stream().map(TaskEvent.class::cast)
                : Stream.of((TaskEvent) record);
    }

    private static TaskEvent event(int index, String reason) {
        return new TaskCancelled("d", "d/t/" + index, "t", "c", 1, reason, Instant.EPOCH);
    }
}
