package io.scalable.provider.kafka;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Launch;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads {@code scalable.launches} from its beginning to the end that it has now. */
final class LedgerReader {

    private static final System.Logger LOG = System.getLogger(LedgerReader.class.getName());
    private static final Duration POLL = Duration.ofMillis(100);

    private LedgerReader() {}

    static Collection<Launch> readToEnd(Map<String, String> kafka) {
        try (var consumer = KafkaClients.consumer(kafka, "scalable-launch-ledger", Map.of())) {
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
        try {
            switch (TopicRecords.decode(entry.topic(), entry.key(), entry.value())) {
                case TopicRecord.Tombstone(var _, String workerId) -> newest.remove(workerId);
                case TopicRecord.Present(var _, Launch launch) ->
                        newest.put(launch.workerId(), launch);
                case TopicRecord.Present _ -> {}
            }
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
