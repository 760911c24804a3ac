package io.scalable.planner.messaging;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.RefusedRecord;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.DeadLetter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Writes plans, their tombstones and dead letters. */
@ApplicationScoped
class PlannerOut {

    private static final Logger LOG = Logger.getLogger(PlannerOut.class);
    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<DeadLetter> DEAD_LETTER = JsonCodec.of(DeadLetter.class);

    private final Emitter<Record<String, byte[]>> plans;
    private final Emitter<Record<String, byte[]>> deadLetters;

    PlannerOut(
            @Channel("planner-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> plans,
            @Channel("planner-dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> deadLetters) {
        this.plans = plans;
        this.deadLetters = deadLetters;
    }

    void publish(ScalePlan plan) {
        String id = plan.deploymentId();
        watch(
                "plan " + plan.generation() + " of " + id,
                plans.send(Record.of(id, PLAN.encode(plan))));
    }

    void forget(String deploymentId) {
        watch("the tombstone of " + deploymentId, plans.send(Record.of(deploymentId, null)));
    }

    void deadLetter(ConsumerRecord<String, byte[]> record, String reason, Instant at) {
        DeadLetter letter = RefusedRecord.letter(record, reason, "planner", at);
        watch(
                "a dead letter",
                deadLetters.send(Record.of(record.key(), DEAD_LETTER.encode(letter))));
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
