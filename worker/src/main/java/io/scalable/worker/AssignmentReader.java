package io.scalable.worker;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
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
    private static final JsonCodec<Assignment> CODEC = JsonCodec.of(Assignment.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TOPIC_CHECK = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final String workerId;
    private final byte[] key;
    private final TopicPartition partition;

    AssignmentReader(Consumer<byte[], byte[]> consumer, WorkerConfig config) {
        this.consumer = consumer;
        this.workerId = config.workerId();
        this.key = workerId.getBytes(StandardCharsets.UTF_8);
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
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        try {
            long unused = consumer.position(partition, START_TIMEOUT);
        } catch (TimeoutException e) {
            throw new WorkerFailedException(
                    "the broker does not say where " + partition + " ends: " + e.getMessage(), e);
        }
    }

    /**
     * Hands over this worker's assignments until {@code until} holds.
     *
     * @return false if it ended because the topic, and so the deployment, is gone
     */
    boolean read(BooleanSupplier until, java.util.function.Consumer<Assignment> sink) {
        long checkAt = System.nanoTime() + TOPIC_CHECK.toNanos();
        boolean missing = false;
        while (!until.getAsBoolean()) {
            for (ConsumerRecord<byte[], byte[]> assignment : consumer.poll(POLL)) {
                // Workers share partitions; another's lease is not worth decoding.
                if (Arrays.equals(key, assignment.key())) {
                    deliver(assignment, sink);
                }
            }
            if (System.nanoTime() - checkAt > 0) {
                boolean wasMissing = missing;
                missing = topicIsGone();
                if (missing && wasMissing) {
                    return false;
                }
                checkAt = System.nanoTime() + TOPIC_CHECK.toNanos();
            }
        }
        return true;
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    }

    private void deliver(
            ConsumerRecord<byte[], byte[]> assignment,
            java.util.function.Consumer<Assignment> sink) {
        try {
            sink.accept(CODEC.decode(assignment.value()));
        } catch (InvalidRecordException e) {
            LOG.log(
                    Level.WARNING,
                    () ->
                            workerId
                                    + ": skipped an assignment at "
                                    + partition
                                    + " offset "
                                    + assignment.offset()
                                    + ": "
                                    + e.getMessage());
        }
    }

    private void awaitPartition(BooleanSupplier unless) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        List<PartitionInfo> found = List.of();
        while (!unless.getAsBoolean()) {
            found = partitions(STEP);
            if (!found.isEmpty()) {
                break;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new WorkerFailedException(
                        "no topic "
                                + partition.topic()
                                + " after "
                                + START_TIMEOUT.toSeconds()
                                + " s: the broker cannot be reached, or the deployment is over",
                        null);
            }
        }
        int count = found.size();
        if (count > 0 && partition.partition() >= count) {
            throw new WorkerFailedException(
                    partition.topic()
                            + " has "
                            + count
                            + " partitions, so there is no partition "
                            + partition.partition()
                            + " to read: the provider must choose one below that",
                    null);
        }
    }

    private boolean topicIsGone() {
        try {
            // Answered from what the client knows, unless that says that the topic is gone.
            List<PartitionInfo> known = consumer.partitionsFor(partition.topic(), STEP);
            return known == null || known.isEmpty();
        } catch (UnknownTopicOrPartitionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private List<PartitionInfo> partitions(Duration timeout) {
        try {
            List<PartitionInfo> known = consumer.partitionsFor(partition.topic(), timeout);
            return known == null ? List.of() : known;
        } catch (UnknownTopicOrPartitionException | TimeoutException e) {
            return List.of();
        }
    }
}
