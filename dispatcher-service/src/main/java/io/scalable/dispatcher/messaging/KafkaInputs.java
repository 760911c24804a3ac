package io.scalable.dispatcher.messaging;

import io.scalable.contracts.task.TaskResult;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Asks the broker where topics end, and watches the consumers that Streams reads with. Thread-safe;
 * each partition's progress is written and read by the thread that reads it.
 */
final class KafkaInputs implements Inputs {

    private final Admin admin;
    private final List<String> topics;
    private final RecentResults results;
    private final Ownership ownership;
    private final Map<TopicPartition, Progress> progress = new ConcurrentHashMap<>();

    KafkaInputs(
            Admin admin, List<String> topics, RecentResults results, Ownership ownership) {
        this.admin = admin;
        this.topics = topics;
        this.results = results;
        this.ownership = ownership;
    }

    @Override
    public List<TaskResult> newestResults(Collection<String> deployments) {
        return results.of(deployments);
    }

    @Override
    public void takenOver(int partition) {
        topics.forEach(topic -> progress.remove(new TopicPartition(topic, partition)));
    }

    @Override
    public CompletableFuture<Map<String, Long>> ends(int partition) {
        var earliest = offsets(partition, OffsetSpec.earliest());
        var latest = offsets(partition, OffsetSpec.latest());
        return earliest.thenCombine(
                latest,
                (from, to) -> {
                    var ends = new HashMap<String, Long>();
                    to.forEach(
                            (topic, end) -> {
                                if (end.offset()
                                        > Objects.requireNonNull(from.get(topic)).offset()) {
                                    ends.put(topic.topic(), end.offset());
                                }
                            });
                    return ends;
                });
    }

    private CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            int partition, OffsetSpec which) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        topics.forEach(topic -> asked.put(new TopicPartition(topic, partition), which));
        return admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .toCompletionStage()
                .toCompletableFuture();
    }

    @Override
    public Progress progress(String topic, int partition) {
        return progress.getOrDefault(new TopicPartition(topic, partition), Progress.NONE);
    }

    /** Makes Streams' clients, of which the consumers tell how far they are. */
    KafkaClientSupplier clients() {
        return new KafkaClientSupplier() {
            @Override
            public Admin getAdmin(Map<String, Object> config) {
                return Admin.create(config);
            }

            @Override
            public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
                return new OwnedProducer(config, ownership);
            }

            @Override
            public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
                return new Watched(config);
            }

            @Override
            public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
                return plain(config);
            }

            @Override
            public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
                return plain(config);
            }
        };
    }

    private static Consumer<byte[], byte[]> plain(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Notes when the group has given the thread its partitions. */
    private ConsumerRebalanceListener confirming(ConsumerRebalanceListener listener) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                ownership.confirm();
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                listener.onPartitionsLost(partitions);
            }
        };
    }

    private final class Watched extends KafkaConsumer<byte[], byte[]> {

        Watched(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public void subscribe(Collection<String> wanted, ConsumerRebalanceListener listener) {
            super.subscribe(wanted, confirming(listener));
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            for (TopicPartition of : assignment()) {
                var fresh = records.records(of);
                long last =
                        fresh.isEmpty()
                                ? progress.getOrDefault(of, Progress.NONE).lastRecord()
                                : fresh.getLast().offset();
                progress.put(of, new Progress(known(of), last));
            }
            return records;
        }

        /** The position if it is known without a question to the broker. */
        private long known(TopicPartition of) {
            try {
                return position(of, Duration.ZERO);
            } catch (KafkaException e) {
                return -1;
            }
        }
    }
}
