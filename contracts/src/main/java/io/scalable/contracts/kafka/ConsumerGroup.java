package io.scalable.contracts.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;

/** What a member of a group has to do with the group's coordinator. */
final class ConsumerGroup {

    private static final String HEARTBEAT = "last-heartbeat-seconds-ago";

    private ConsumerGroup() {}

    /** How long the coordinator has not answered, seconds; below 0 before its first answer. */
    static double silentSeconds(Consumer<byte[], byte[]> member) {
        for (var metric : member.metrics().entrySet()) {
            if (metric.getKey().name().equals(HEARTBEAT)
                    && metric.getValue().metricValue() instanceof Double seconds) {
                return seconds;
            }
        }
        return -1;
    }

    /**
     * Commits that the records were taken in. Offsets that cannot be committed now are so with the
     * next batch, or are read again.
     */
    static void commit(
            Consumer<byte[], byte[]> member, List<ConsumerRecord<byte[], byte[]>> batch) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1));
        }
        try {
            member.commitSync(Map.copyOf(offsets));
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
            // See above.
        }
    }
}
