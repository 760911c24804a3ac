package io.scalable.planner.messaging;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.DeadLetters;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes plans, their tombstones and dead letters. */
@ApplicationScoped
class PlannerOut {

    private static final Logger LOG = Logger.getLogger(PlannerOut.class);
    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);

    private final Emitter<ProducerRecord<String, byte[]>> plans;
    private final Emitter<ProducerRecord<String, byte[]>> deadLetters;

    PlannerOut(
            @Channel("planner-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<ProducerRecord<String, byte[]>> plans,
            @Channel("planner-dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<ProducerRecord<String, byte[]>> deadLetters) {
        this.plans = plans;
        this.deadLetters = deadLetters;
    }

    void publish(ScalePlan plan) {
        String id = plan.deploymentId();
        watch(
                "plan " + plan.generation() + " of " + id,
                plans.send(record(Topics.SCALE_PLANS, id, PLAN.encode(plan), plan)));
    }

    void forget(String deploymentId) {
        watch(
                "the tombstone of " + deploymentId,
                plans.send(new ProducerRecord<>(Topics.SCALE_PLANS, deploymentId, null)));
    }

    void deadLetter(ConsumerRecord<String, byte[]> record, String reason, Instant at) {
        watch(
                "a dead letter",
                deadLetters.send(DeadLetters.textRecord(DeadLetters.letter(record, reason, "planner", at))));
    }

    private static ProducerRecord<String, byte[]> record(
            String topic, @Nullable String key, byte[] value, Record what) {
        return new ProducerRecord<>(topic, null, key, value, SchemaHeader.of(what));
    }

    private static void watch(String what, CompletionStage<Void> sent) {
        var unused =
                sent.whenComplete(
                        (ok, failure) -> {
                            if (failure != null) {
                                LOG.errorf(failure, "could not write %s", what);
                            }
                        });
    }
}
