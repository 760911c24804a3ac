package io.scalable.planner.messaging;

import io.scalable.contracts.Backoff;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.DeadLetters;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.topic.Topics;
import io.scalable.planner.domain.PlannerShard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes plans, what was learned, what the planner says of itself, and dead letters. What cannot be
 * written is tried again and again, the newest of each key; what can never be written is told.
 * Called by the loop's thread alone.
 */
final class PlanWriter implements AutoCloseable {

    /**
     * A record that can never be written.
     *
     * @param partition of the deployment
     */
    record Refusal(int partition, String deploymentId, Throwable cause) {}

    private record Slot(String topic, String key) {}

    /** One record on its way. */
    private record Write(
            int partition,
            @Nullable String deploymentId,
            Slot slot,
            ProducerRecord<byte[], byte[]> record,
            long number) {}

    private record Failed(Write write, Exception cause) {}

    /** A record that waits for its next try. */
    private record Waiting(Write write, int failures, long due) {}

    private static final Logger LOG = Logger.getLogger(PlanWriter.class);
    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<DurationsLearned> DURATIONS =
            JsonCodec.of(DurationsLearned.class);
    private static final JsonCodec<ServiceEvent> EVENT = JsonCodec.of(ServiceEvent.class);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final Backoff backoff;
    private final ConcurrentLinkedQueue<Failed> failed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Write> done = new ConcurrentLinkedQueue<>();
    private final Map<Slot, Long> newest = new HashMap<>();
    private final Map<Slot, Integer> failures = new HashMap<>();
    private final Map<Slot, Waiting> waiting = new HashMap<>();
    private volatile @Nullable String trouble;
    private long number;

    PlanWriter(Producer<byte[], byte[]> producer, Backoff backoff) {
        this.producer = producer;
        this.backoff = backoff;
    }

    void publish(int partition, ScalePlan plan) {
        String id = plan.deploymentId();
        write(partition, id, Topics.SCALE_PLANS, id, PLAN.encode(plan), plan);
    }

    void remember(int partition, DurationsLearned durations) {
        String id = durations.deploymentId();
        write(partition, id, Topics.ESTIMATES, id, DURATIONS.encode(durations), durations);
    }

    void forget(int partition, String id) {
        write(partition, id, Topics.SCALE_PLANS, id, null, null);
        write(partition, id, Topics.ESTIMATES, id, null, null);
    }

    void announce(int partition, ServiceEvent event) {
        if (event instanceof ServiceEvent.DeploymentSetAside aside) {
            LOG.errorf("deployment %s is set aside: %s", aside.deploymentId(), aside.reason());
        }
        String key = event.key();
        write(partition, null, Topics.SERVICE_EVENTS, key, EVENT.encode(event), (Record) event);
    }

    /** A letter that cannot be written is told in the log: it must stop nobody. */
    void deadLetter(ConsumerRecord<byte[], byte[]> record, String reason, Instant at) {
        LOG.warnf(
                "%s-%d@%d goes to the dead letters: %s",
                record.topic(), record.partition(), record.offset(), reason);
        var letter = DeadLetters.letter(record, reason, PlannerShard.SERVICE, at);
        try {
            var _ =
                    producer.send(
                            DeadLetters.record(letter),
                            (_, e) -> {
                                if (e != null) {
                                    LOG.warnf("a dead letter could not be written: %s", e);
                                }
                            });
        } catch (RuntimeException e) {
            LOG.warnf("a dead letter could not be written: %s", e);
        }
    }

    /** Why plans do not get out; empty while they do. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Tries again what is due; tells what can never be written. */
    List<Refusal> turn() {
        for (Write one = done.poll(); one != null; one = done.poll()) {
            if (newest.remove(one.slot(), one.number())) {
                failures.remove(one.slot());
                waiting.remove(one.slot());
            }
        }
        var refusals = new ArrayList<Refusal>();
        for (Failed one = failed.poll(); one != null; one = failed.poll()) {
            failed(one).ifPresent(refusals::add);
        }
        retry();
        if (failures.isEmpty()) {
            trouble = null;
        }
        return refusals;
    }

    private Optional<Refusal> failed(Failed one) {
        Write write = one.write();
        String id = write.deploymentId();
        boolean never =
                one.cause() instanceof RecordTooLargeException
                        || one.cause() instanceof SerializationException;
        if (never) {
            if (newest.remove(write.slot(), write.number())) {
                failures.remove(write.slot());
            }
            LOG.errorf("%s can never be written: %s", write.slot(), one.cause());
            return id == null
                    ? Optional.empty()
                    : Optional.of(new Refusal(write.partition(), id, one.cause()));
        }
        if (newest.getOrDefault(write.slot(), -1L) == write.number()) {
            int times = failures.merge(write.slot(), 1, Integer::sum);
            double random = ThreadLocalRandom.current().nextDouble();
            long due = System.nanoTime() + backoff.delay(times, random).toNanos();
            waiting.put(write.slot(), new Waiting(write, times, due));
            trouble = "a record for " + write.slot().topic() + " cannot be written: " + one.cause();
            LOG.warnf("%s, key %s, try %d", trouble, write.slot().key(), times);
        }
        return Optional.empty();
    }

    private void retry() {
        var due = new ArrayList<Write>();
        for (Iterator<Waiting> all = waiting.values().iterator(); all.hasNext(); ) {
            Waiting one = all.next();
            if (System.nanoTime() - one.due() >= 0) {
                due.add(one.write());
                all.remove();
            }
        }
        due.forEach(this::send);
    }

    /** What waits for a partition that is another's is that one's to write. */
    void revoked(Set<Integer> partitions) {
        waiting.values()
                .removeIf(
                        one -> {
                            boolean gone = partitions.contains(one.write().partition());
                            if (gone) {
                                failures.remove(one.write().slot());
                            }
                            return gone;
                        });
    }

    private void write(
            int partition,
            @Nullable String deploymentId,
            String topic,
            String key,
            byte @Nullable [] value,
            @Nullable Record what) {
        var slot = new Slot(topic, key);
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record =
                what == null
                        ? new ProducerRecord<>(topic, bytes, value)
                        : new ProducerRecord<>(topic, null, bytes, value, SchemaHeader.of(what));
        var write = new Write(partition, deploymentId, slot, record, number++);
        newest.put(slot, write.number());
        waiting.remove(slot);
        send(write);
    }

    private void send(Write write) {
        try {
            var _ =
                    producer.send(
                            write.record(),
                            (_, e) -> {
                                if (e == null) {
                                    done.add(write);
                                } else {
                                    failed.add(new Failed(write, e));
                                }
                            });
        } catch (RuntimeException e) {
            failed.add(new Failed(write, e));
        }
    }

    @Override
    public void close() {
        producer.close(LEAVE);
    }
}
