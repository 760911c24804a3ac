package io.scalable.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.Backoff;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.Topics;
import io.scalable.planner.Given;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanWriterTest {

    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final PlanWriter writer =
            new PlanWriter(producer, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)));

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void aPlanThatCouldNotBeWrittenIsTriedAgain() {
        writer.publish(0, Given.aPlan("run", 1, 2));
        producer.errorNext(new TimeoutException("the broker is away"));
        awaitWrites(2);
        assertThat(writer.trouble()).hasValueSatisfying(t -> assertThat(t).contains("away"));

        producer.completeNext();

        assertThat(writer.turn()).isEmpty();
        assertThat(writer.trouble()).isEmpty();
        assertThat(generations()).containsExactly(1L, 1L);
    }

    @Test
    void anOlderPlanIsNotTriedAgainAfterANewerOne() {
        writer.publish(0, Given.aPlan("run", 1, 2));
        writer.publish(0, Given.aPlan("run", 2, 3));
        producer.errorNext(new TimeoutException("the broker is away"));
        producer.completeNext();

        for (int i = 0; i < 10; i++) {
            assertThat(writer.turn()).isEmpty();
        }

        assertThat(generations()).containsExactly(1L, 2L);
        assertThat(writer.trouble()).isEmpty();
    }

    @Test
    void whatCanNeverBeWrittenIsTold() {
        writer.publish(3, Given.aPlan("run", 1, 2));
        producer.errorNext(new RecordTooLargeException("too large"));

        assertThat(writer.turn())
                .singleElement()
                .satisfies(
                        refusal -> {
                            assertThat(refusal.partition()).isEqualTo(3);
                            assertThat(refusal.deploymentId()).isEqualTo("run");
                        });
        assertThat(writer.turn()).isEmpty();
    }

    @Test
    void theEndOfADeploymentTakesItsPlanAndWhatWasLearnedAlong() {
        writer.forget(0, "run");

        assertThat(producer.history())
                .extracting(r -> r.topic())
                .containsExactly(Topics.SCALE_PLANS, Topics.ESTIMATES);
        assertThat(producer.history()).allSatisfy(r -> assertThat(r.value()).isNull());
    }

    private void awaitWrites(int count) {
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> {
                            var _ = writer.turn();
                            return producer.history().size() == count;
                        });
    }

    private List<Long> generations() {
        return producer.history().stream().map(r -> PLAN.decode(r.value()).generation()).toList();
    }
}
