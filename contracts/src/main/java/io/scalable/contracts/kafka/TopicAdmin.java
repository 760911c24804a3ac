package io.scalable.contracts.kafka;

import io.scalable.contracts.Limits;
import io.scalable.contracts.topic.Topic;
import io.scalable.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes and deletes topics. All operations may be repeated, and by several programs at once. */
public final class TopicAdmin implements AutoCloseable {

    private static final Duration MADE_WITHIN = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Admin admin;

    /**
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     */
    public TopicAdmin(Map<String, String> kafka) {
        this.admin = KafkaClients.admin(kafka, "scalable-topics");
    }

    /**
     * What every service does at its start: {@link #ensureShared(int)} by a client of its own.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws IllegalStateException if existing topics have unequal partition counts
     */
    public static void ensureShared(Map<String, ?> kafka, int partitions) {
        var properties = new TreeMap<String, String>();
        kafka.forEach((key, value) -> properties.put(key, String.valueOf(value)));
        try (var topics = new TopicAdmin(properties)) {
            topics.ensureShared(partitions);
        }
    }

    /**
     * Makes the shared topics that are missing and checks that all have as many partitions as one
     * another.
     *
     * @param partitions for topics that are made now
     * @throws IllegalStateException if existing topics have unequal partition counts; the message
     *     lists them
     */
    public void ensureShared(int partitions) {
        var missing = new ArrayList<NewTopic>();
        for (Topic topic : Topics.all()) {
            missing.add(newTopic(topic, partitions));
        }
        create(missing);
        int _ = checkEqualPartitions();
    }

    /**
     * How many partitions the shared topics have, which is the same for all of them.
     *
     * @throws IllegalStateException if they are not there or have unequal partition counts
     */
    public int sharedPartitions() {
        return checkEqualPartitions();
    }

    /** Makes a deployment's own topics: assignments with {@code partitions}, results with one. */
    public void createDeployment(String deploymentId, int partitions) {
        String assignments = Topics.assignments(deploymentId);
        String results = Topics.results(deploymentId);
        create(
                List.of(
                        named(assignments, partitions).configs(sizes(assignments)),
                        named(results, 1).configs(sizes(results))));
    }

    /** Deletes a deployment's own topics; that they are gone already is no error. */
    public void deleteDeployment(String deploymentId) {
        for (String topic :
                List.of(Topics.assignments(deploymentId), Topics.results(deploymentId))) {
            await(admin.deleteTopics(List.of(topic)).all(), UnknownTopicOrPartitionException.class);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private void create(List<NewTopic> topics) {
        admin.createTopics(topics)
                .values()
                .values()
                .forEach(created -> await(created, TopicExistsException.class));
    }

    private int checkEqualPartitions() {
        var counts = new TreeMap<String, Integer>();
        for (TopicDescription topic : describeAll()) {
            counts.put(topic.name(), topic.partitions().size());
        }
        if (counts.values().stream().distinct().count() > 1) {
            throw new IllegalStateException(
                    "the topics must have equal partition counts, found "
                            + counts
                            + "; raise the smaller ones with kafka-topics --alter --partitions");
        }
        return counts.firstEntry().getValue();
    }

    /** A topic just made may be unknown to the broker that is asked, for a moment. */
    private Collection<TopicDescription> describeAll() {
        List<String> names = Topics.all().stream().map(Topic::name).toList();
        long deadline = System.nanoTime() + MADE_WITHIN.toNanos();
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get().values();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() > deadline) {
                    throw refused(e);
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static NewTopic newTopic(Topic topic, int partitions) {
        var configs = new TreeMap<>(sizes(topic.name()));
        // The broker's clock: one hour ahead of it, a client's own timestamps are refused.
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        switch (topic.kept()) {
            case COMPACT ->
                    configs.put(
                            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            case DELETE -> {
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
                Optional.ofNullable(topic.retention())
                        .ifPresent(
                                r ->
                                        configs.put(
                                                TopicConfig.RETENTION_MS_CONFIG,
                                                Long.toString(r.toMillis())));
            }
        }
        return named(topic.name(), partitions).configs(configs);
    }

    /**
     * How large a record may be. Batches are kept as they are, uncompressed: so the broker sees how
     * large they are for those who read them, whatever they were packed into.
     */
    private static Map<String, String> sizes(String topic) {
        return Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(Topics.recordBytes(topic) + Limits.RECORD_OVERHEAD_BYTES),
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                "uncompressed");
    }

    /** A topic with the broker's own default replication. */
    private static NewTopic named(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty());
    }

    private static void await(KafkaFuture<Void> future, Class<? extends Throwable> harmless) {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (!harmless.isInstance(e.getCause())) {
                throw refused(e);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException refused(ExecutionException e) {
        return new IllegalStateException("Kafka refused: " + e.getMessage(), e);
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for Kafka", e);
    }
}
