package io.scalable.worker;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads the worker's partition of its deployment's assignments, from the end that it finds at the
 * start. For one thread.
 */
final class AssignmentReader implements AutoCloseable {

    private static final Logger LOG = System.getLogger(AssignmentReader.class.getName());
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(100);

    /** A topic that stays missing for so many looks, a second apart, is gone for good. */
    private static final int GONE_AFTER_CHECKS = 5;

    private static final Duration MISSING_POLL = Duration.ofSeconds(1);
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final Consumer<byte[], byte[]> consumer;
    private final String workerId;
    private final byte[] key;
    private final TopicPartition partition;
    private final Duration firstContact;
    private final AtomicLong looks = new AtomicLong();

    AssignmentReader(Consumer<byte[], byte[]> consumer, WorkerConfig config) {
        this.consumer = consumer;
        this.workerId = config.workerId();
        this.key = workerId.getBytes(StandardCharsets.UTF_8);
        this.firstContact = config.firstContact();
        this.partition =
                new TopicPartition(Topics.assignments(config.deploymentId()), config.partition());
    }

    /**
     * Goes to the end of the partition; what is written after this returns will be read.
     *
     * @param unless ends the waiting for the topic early
     * @throws WorkerFailedException if there is no such partition
     */
    void start(BooleanSupplier unless) {
        awaitPartition(unless);
        if (unless.getAsBoolean()) {
            return;
        }
        loadDecoder();
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        try {
            long unused = consumer.position(partition, firstContact);
        } catch (TimeoutException e) {
            throw new WorkerFailedException(
                    "the broker does not say where " + partition + " ends: " + e.getMessage(), e);
        }
    }

    /**
     * Hands over this worker's assignments until {@code until} holds.
     *
     * @param refusals told of leases that cannot be read, and why, as far as they say which attempt
     *     they are for
     * @return false if it ended because the topic, and so the deployment, is gone
     */
    boolean read(
            BooleanSupplier until,
            java.util.function.Consumer<Assignment> sink,
            BiConsumer<AttemptKey, Failure> refusals) {
        int missing = 0;
        while (!until.getAsBoolean() && missing < GONE_AFTER_CHECKS) {
            for (ConsumerRecord<byte[], byte[]> assignment :
                    consumer.poll(missing == 0 ? POLL : MISSING_POLL)) {
                // Workers share partitions; another's lease is not worth decoding.
                if (Arrays.equals(key, assignment.key())) {
                    deliver(assignment, sink, refusals);
                }
            }
            looks.incrementAndGet();
            missing = topicIsMissing(missing > 0) ? missing + 1 : 0;
            if (missing == 1) {
                // The client would ask for the partition again and again, without a pause.
                consumer.pause(List.of(partition));
            } else if (missing == 0) {
                consumer.resume(consumer.paused());
            }
        }
        return missing < GONE_AFTER_CHECKS;
    }

    /**
     * How often it has looked for assignments and handed over all that it found. May be asked by
     * any thread.
     */
    long looks() {
        return looks.get();
    }

    /**
     * The first record takes seconds on a busy machine: a worker that is ready has that behind it.
     */
    private void loadDecoder() {
        try {
            TopicRecord unused = TopicRecords.decode(partition.topic(), key, NOTHING);
        } catch (InvalidRecordException e) {
            // That is what it had to find.
            LOG.log(Level.DEBUG, "the decoder is there", e);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private void deliver(
            ConsumerRecord<byte[], byte[]> assignment,
            java.util.function.Consumer<Assignment> sink,
            BiConsumer<AttemptKey, Failure> refusals) {
        List<Record> decoded;
        try {
            decoded =
                    TopicRecords.decode(assignment.topic(), assignment.key(), assignment.value())
                                    instanceof TopicRecord.Present present
                            ? present.bodies()
                            : List.of();
        } catch (InvalidRecordException e) {
            LOG.log(
                    Level.WARNING,
                    () ->
                            workerId
                                    + ": cannot read an assignment at "
                                    + partition
                                    + " offset "
                                    + assignment.offset()
                                    + ": "
                                    + e.getMessage());
            List<byte[]> parts = UnreadableLease.parts(assignment.value());
            if (parts.isEmpty()) {
                UnreadableLease.attempt(assignment.value())
                        .ifPresent(key -> refusals.accept(key, UnreadableLease.failure(e)));
            }
            // One of several cannot be read: the others can.
            parts.forEach(part -> deliver(part(assignment, part), sink, refusals));
            return;
        }
        for (Record body : decoded) {
            if (body instanceof Assignment one) {
                sink.accept(one);
            }
        }
    }

    private static ConsumerRecord<byte[], byte[]> part(
            ConsumerRecord<byte[], byte[]> of, byte[] value) {
        return new ConsumerRecord<>(of.topic(), of.partition(), of.offset(), of.key(), value);
    }

    private void awaitPartition(BooleanSupplier unless) {
        long begun = System.nanoTime();
        while (!unless.getAsBoolean()) {
            String problem;
            Duration patience = START_TIMEOUT;
            try {
                int count = partitions().size();
                if (count > partition.partition()) {
                    return;
                }
                problem =
                        count == 0
                                ? "it does not exist; is the deployment over?"
                                : "it has only "
                                        + count
                                        + " partitions; the provider must choose one of them";
            } catch (TimeoutException e) {
                problem = "the broker does not answer";
                patience = firstContact;
            }
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new WorkerFailedException("cannot read " + partition + ": " + problem, null);
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private boolean topicIsMissing(boolean wasMissing) {
        try {
            return partitions().isEmpty();
        } catch (TimeoutException e) {
            // The broker does not answer: that says nothing of the topic.
            return wasMissing;
        }
    }

    /** What the client knows of the topic; the broker is asked only if that is nothing. */
    private List<PartitionInfo> partitions() {
        try {
            List<PartitionInfo> known = consumer.partitionsFor(partition.topic(), STEP);
            return known == null ? List.of() : known;
        } catch (UnknownTopicOrPartitionException e) {
            return List.of();
        }
    }
}
