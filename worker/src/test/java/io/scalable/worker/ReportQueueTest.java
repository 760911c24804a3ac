package io.scalable.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Payload;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportQueueTest {

    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private ReportQueue queue = new ReportQueue(broker, "d", "w", Duration.ofMinutes(1));

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aReportGoesAtOnceAndWhatComesMeanwhileGoesTogether() {
        var first = queue.add(finished(0, "x"));
        assertThat(broker.history()).hasSize(1);

        List<CompletableFuture<Void>> later =
                Stream.of(1, 2, 3).map(i -> queue.add(finished(i, "x"))).toList();
        broker.completeNext();

        assertThat(first).isCompleted();
        await().until(() -> broker.history().size() == 2);
        assertThat(reports())
                .extracting(report -> ((AttemptFinished) report).taskId())
                .containsExactly("d/t/0", "d/t/1", "d/t/2", "d/t/3");
        broker.completeNext();
        assertThat(later).allMatch(CompletableFuture::isDone);
    }

    @Test
    void aBrokerThatDoesNotAnswerHoldsUpNothingForLong() {
        queue.close();
        queue = new ReportQueue(broker, "d", "w");
        var _ = queue.add(finished(0, "x"));
        var _ = queue.add(finished(1, "x"));

        await().until(() -> broker.history().size() == 2);
    }

    @Test
    void oneThatCannotBeWrittenSpoilsNoOther() {
        var _ = queue.add(finished(0, "x"));
        var good = queue.add(finished(1, "x"));
        var bad = queue.add(finished(2, new POJONode(new Object())));
        var last = queue.add(new WorkerLeft("d", "w", "drained", Instant.EPOCH));

        broker.completeNext();
        await().until(() -> broker.history().size() == 3);
        while (broker.completeNext()) {
            // Answers all.
        }
        assertThat(bad).isCompletedExceptionally();
        assertThat(good).isCompleted();
        assertThat(last).isCompleted();
        assertThat(reports()).last().isInstanceOf(WorkerLeft.class);
    }

    @Test
    void whatWaitsAtTheEndIsSent() {
        var _ = queue.add(finished(0, "x"));
        var _ = queue.add(finished(1, "x"));
        var _ = queue.add(new WorkerLeft("d", "w", "drained", Instant.EPOCH));

        queue.close();

        assertThat(reports()).hasSize(3).last().isInstanceOf(WorkerLeft.class);
    }

    private List<WorkerReport> reports() {
        return broker.history().stream()
                .map(ReportQueueTest::decoded)
                .flatMap(record -> record.bodies().stream())
                .map(WorkerReport.class::cast)
                .toList();
    }

    private static TopicRecord.Present decoded(ProducerRecord<byte[], byte[]> sent) {
        return (TopicRecord.Present) TopicRecords.decode(sent.topic(), sent.key(), sent.value());
    }

    private static AttemptFinished finished(int task, String result) {
        return finished(task, TextNode.valueOf(result));
    }

    private static AttemptFinished finished(int task, JsonNode result) {
        return new AttemptFinished(
                "d", "w", "d/t/" + task, 1, Payload.of(result), null, 0, Instant.EPOCH);
    }
}
