package io.scalable.telemetry.messaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts the records of several topics into the order in which they were written, as far as their
 * timestamps tell; those of one partition stay in its order whatever their timestamps are. So what
 * is said of a deployment's tasks comes before its end, and after its beginning.
 */
final class BatchOrder {

    private record Timed(ConsumerRecord<byte[], byte[]> record, long time) {}

    private BatchOrder() {}

    static List<ConsumerRecord<byte[], byte[]>> of(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Long> newest = new HashMap<>();
        var timed = new ArrayList<Timed>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            var partition = new TopicPartition(record.topic(), record.partition());
            long time = newest.merge(partition, record.timestamp(), Math::max);
            timed.add(new Timed(record, time));
        }
        timed.sort(Comparator.comparingLong(Timed::time));
        return timed.stream().<ConsumerRecord<byte[], byte[]>>map(Timed::record).toList();
    }
}
