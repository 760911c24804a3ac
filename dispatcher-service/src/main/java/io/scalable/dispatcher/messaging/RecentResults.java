package io.scalable.dispatcher.messaging;

import io.scalable.contracts.Backoff;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.Limits;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.TopicRecord.Present;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Reads the ends of deployments' results: what the dispatcher before has written last, though its
 * rows may not say so yet. Rows are written within a commit interval, so the last results of a
 * second or two are enough.
 */
final class RecentResults {

    private static final Logger LOG = Logger.getLogger(RecentResults.class);

    /** Results read of each deployment, the newest. */
    private static final int NEWEST = 20_000;

    /** One try to read them. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** All tries together; then the stream thread starts anew. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<String, String> kafka;

    RecentResults(Map<String, String> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /**
     * The newest results of these deployments, each deployment's in the order written. Without them
     * an ended task could end again in another way, so a broker that is away is waited for.
     *
     * @throws KafkaException if it does not answer for long
     */
    List<TaskResult> of(Collection<String> deployments) {
        if (deployments.isEmpty()) {
            return List.of();
        }
        long until = System.nanoTime() + LONGEST.toNanos();
        for (int failures = 1; ; failures++) {
            try {
                return read(deployments);
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                if (System.nanoTime() - until > 0) {
                    throw e;
                }
                LOG.warnf("the newest results cannot be read before the recovery, again: %s", e);
                Duration wait = BACKOFF.delay(failures, ThreadLocalRandom.current().nextDouble());
                LockSupport.parkNanos(wait.toNanos());
            }
        }
    }

    private List<TaskResult> read(Collection<String> deployments) {
        var found = new ArrayList<TaskResult>();
        try (Consumer<byte[], byte[]> consumer =
                KafkaClients.consumer(
                        kafka,
                        StreamsSettings.APPLICATION_ID + "-recent-results",
                        Map.of(
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                (int) PATIENCE.toMillis(),
                                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                                4 * Limits.OWN_RECORD_BYTES))) {
            read(consumer, deployments, found);
        }
        return found;
    }

    private static void read(
            Consumer<byte[], byte[]> consumer,
            Collection<String> deployments,
            List<TaskResult> found) {
        var existing = consumer.listTopics(PATIENCE).keySet();
        List<TopicPartition> topics =
                deployments.stream()
                        .map(Topics::results)
                        .filter(existing::contains)
                        .map(topic -> new TopicPartition(topic, 0))
                        .toList();
        if (topics.isEmpty()) {
            return;
        }
        consumer.assign(topics);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(topics);
        var ends = new HashMap<>(consumer.endOffsets(topics));
        for (TopicPartition topic : topics) {
            consumer.seek(
                    topic,
                    Math.max(first.getOrDefault(topic, 0L), ends.getOrDefault(topic, 0L) - NEWEST));
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!ends.isEmpty() && System.nanoTime() - until < 0) {
            consumer.poll(POLL).forEach(record -> keep(record, found));
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
        if (!ends.isEmpty()) {
            throw new TimeoutException("not read to their ends: " + ends.keySet());
        }
    }

    private static void keep(ConsumerRecord<byte[], byte[]> record, List<TaskResult> found) {
        try {
            if (TopicRecords.decode(record.topic(), record.key(), record.value())
                    instanceof Present(_, TaskResult result)) {
                found.add(result);
            }
        } catch (InvalidRecordException e) {
            LOG.warnf("a result that cannot be read is left out: %s", e.getMessage());
        }
    }
}
