package io.scalable.planner.messaging;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.planner.domain.PlannerOutput;
import io.scalable.planner.domain.PlannerShards;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Lets one caller at a time into the domain, and writes what comes out before the next. */
@ApplicationScoped
class PlannerLoop {

    private static final Logger LOG = Logger.getLogger(PlannerLoop.class);

    private final PlannerShards shards = new PlannerShards();
    private final InstantSource clock = InstantSource.system();
    private final Timer decisions = Metrics.timer("scalable.planner.decisions");
    private final PlannerOut out;

    PlannerLoop(PlannerOut out) {
        this.out = out;
    }

    synchronized void receive(ConsumerRecord<String, byte[]> record) {
        Instant now = clock.instant();
        List<PlannerOutput> outputs = new ArrayList<>();
        try {
            Decoder.decode(record.topic(), record.key(), record.value())
                    .ifPresent(
                            input ->
                                    decisions.record(
                                            () ->
                                                    outputs.addAll(
                                                            shards.accept(
                                                                    record.partition(),
                                                                    input,
                                                                    now))));
        } catch (InvalidRecordException e) {
            out.deadLetter(record, String.valueOf(e.getMessage()), now);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "cannot use %s-%d@%d", record.topic(), record.partition(), record.offset());
            out.deadLetter(record, "cannot be planned: " + e, now);
        }
        outputs.addAll(shards.passed(record.topic(), record.partition(), record.offset(), now));
        outputs.forEach(o -> write(o, record, now));
    }

    synchronized void assigned(int partition, Map<String, Long> unread) {
        shards.assigned(partition, unread, clock.instant());
    }

    synchronized void revoked(int partition) {
        shards.revoked(partition);
    }

    private void write(PlannerOutput output, ConsumerRecord<String, byte[]> cause, Instant now) {
        switch (output) {
            case PlannerOutput.PublishPlan(var plan) -> {
                LOG.debugf("%s", plan);
                out.publish(plan);
            }
            case PlannerOutput.ForgetPlan(var id) -> out.forget(id);
            case PlannerOutput.Refused(var id, var reason) -> {
                LOG.warnf("deployment %s: %s", id, reason);
                if (id.equals(cause.key())) {
                    out.deadLetter(cause, reason, now);
                }
            }
        }
    }
}
