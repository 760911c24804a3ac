package io.scalable.planner.messaging;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.kafka.RecordLoop;
import io.scalable.contracts.topic.Topics;
import io.scalable.planner.domain.PlannerInput;
import io.scalable.planner.domain.PlannerOutput;
import io.scalable.planner.domain.PlannerShards;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands records to the domain, one after the other, and what comes out to the writer. Demand is not
 * waited for before anything is decided: old lines are known by their time. The assignor gives
 * equal partition numbers of all topics to one instance.
 */
final class PlannerRecords implements RecordLoop.Reader {

    private static final Logger LOG = Logger.getLogger(PlannerRecords.class);

    /** What was spent, learned and decided must be known before the planner may decide. */
    private static final Set<String> READ_FIRST =
            Set.of(
                    Topics.DEPLOYMENTS,
                    Topics.SCALE_REQUESTS,
                    Topics.SCALE_PLANS,
                    Topics.ESTIMATES,
                    Topics.WORKER_LIFECYCLE);

    private static final Duration ASKING = Duration.ofSeconds(20);

    private final PlannerShards shards = new PlannerShards();
    private final CatchUp catchUp = new CatchUp();
    private final Timer decisions = Metrics.timer("scalable.planner.decisions");
    private final PlanWriter writer;
    private final InstantSource clock;
    private @Nullable Consumer<byte[], byte[]> consumer;
    private boolean assigned;
    private volatile boolean live;

    PlannerRecords(PlanWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** True while it has been given its share of the partitions and decides in all of them. */
    boolean live() {
        return live;
    }

    @Override
    public void read(List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(this::read);
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        Instant now = clock.instant();
        try {
            Optional<PlannerInput> input =
                    Decoder.decode(record.topic(), record.key(), record.value());
            var outputs = new ArrayList<PlannerOutput>();
            input.ifPresent(
                    known ->
                            decisions.record(
                                    () ->
                                            outputs.addAll(
                                                    shards.accept(
                                                            record.partition(), known, now))));
            outputs.forEach(output -> write(output, record.partition(), record, now));
        } catch (InvalidRecordException e) {
            writer.deadLetter(record, String.valueOf(e.getMessage()), now);
        }
    }

    private void write(
            PlannerOutput output,
            int partition,
            @Nullable ConsumerRecord<byte[], byte[]> cause,
            Instant now) {
        switch (output) {
            case PlannerOutput.PublishPlan(var plan) -> {
                LOG.debugf("%s", plan);
                writer.publish(partition, plan);
            }
            case PlannerOutput.Remember(var durations) -> writer.remember(partition, durations);
            case PlannerOutput.Forget(var id) -> writer.forget(partition, id);
            case PlannerOutput.Announce(var event) -> writer.announce(partition, event);
            case PlannerOutput.Refused(var id, var reason) -> {
                LOG.warnf("deployment %s: %s", id, reason);
                if (cause != null) {
                    writer.deadLetter(cause, reason, now);
                }
            }
        }
    }

    /** Goes live where all was read, and sees to what could not be written. */
    @Override
    public void turn() {
        Instant now = clock.instant();
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            for (int partition : catchUp.reached(reading::position)) {
                shards.goLive(partition, now).forEach(o -> write(o, partition, null, now));
            }
        }
        for (PlanWriter.Refusal refusal : writer.turn()) {
            shards.setAside(refusal.partition(), refusal.deploymentId(), refusal.cause(), now)
                    .forEach(o -> write(o, refusal.partition(), null, now));
        }
        live = assigned && shards.live();
    }

    @Override
    public void assigned(Consumer<byte[], byte[]> reading, Collection<TopicPartition> partitions) {
        consumer = reading;
        List<TopicPartition> first =
                partitions.stream().filter(p -> READ_FIRST.contains(p.topic())).toList();
        catchUp.assigned(new HashMap<>(reading.endOffsets(first, ASKING)));
        first.stream().map(TopicPartition::partition).distinct().forEach(shards::assigned);
        assigned = true;
        live = false;
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        catchUp.revoked(partitions);
        partitions.stream().map(TopicPartition::partition).distinct().forEach(shards::revoked);
        writer.revoked(
                partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
        assigned = false;
        live = false;
    }
}
