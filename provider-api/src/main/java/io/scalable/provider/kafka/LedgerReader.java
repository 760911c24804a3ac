package io.scalable.provider.kafka;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Launch;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code scalable.launches} from its beginning to the end that it has now. */
final class LedgerReader {

    private static final System.Logger LOG = System.getLogger(LedgerReader.class.getName());
    private static final JsonCodec<Launch> CODEC = JsonCodec.of(Launch.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private LedgerReader() {}

    static Collection<Launch> readToEnd(Map<String, String> kafka) {
        var config = new HashMap<String, Object>(kafka);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
            return readToEnd(consumer);
        }
    }

    private static Collection<Launch> readToEnd(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.LAUNCHES).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        var newest = new LinkedHashMap<String, Launch>();
        while (ends.entrySet().stream()
                .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
            consumer.poll(POLL).forEach(entry -> fold(newest, entry));
        }
        return newest.values();
    }

    private static void fold(Map<String, Launch> newest, ConsumerRecord<byte[], byte[]> entry) {
        if (entry.key() == null) {
            return;
        }
        String workerId = new String(entry.key(), StandardCharsets.UTF_8);
        if (entry.value() == null) {
            newest.remove(workerId);
            return;
        }
        try {
            newest.put(workerId, CODEC.decode(entry.value()));
        } catch (InvalidRecordException e) {
            LOG.log(
                    Level.WARNING,
                    "the launch ledger''s entry {0}/{1} is skipped: {2}",
                    entry.partition(),
                    entry.offset(),
                    e.getMessage());
        }
    }
}
