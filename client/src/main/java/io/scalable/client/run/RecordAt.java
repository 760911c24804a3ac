package io.scalable.client.run;

import io.scalable.contracts.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** One record, read where it stands. */
public final class RecordAt {

    private static final Duration POLL = Duration.ofMillis(200);

    private RecordAt() {}

    /**
     * The record at a position; empty if it is no longer there.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param patience for the brokers to answer
     * @throws RunException if they do not answer or refuse
     */
    public static Optional<ConsumerRecord<byte[], byte[]>> read(
            Map<String, String> kafka,
            String topic,
            int partition,
            long offset,
            Duration patience) {
        var at = new TopicPartition(topic, partition);
        try (var consumer = KafkaClients.consumer(
                        KafkaPatience.impatient(kafka, patience), "scalable-record", Map.of())) {
            if (consumer.partitionsFor(topic).stream().noneMatch(p -> p.partition() == partition)) {
                return Optional.empty();
            }
            consumer.assign(List.of(at));
            long first = consumer.beginningOffsets(List.of(at)).getOrDefault(at, 0L);
            long end = consumer.endOffsets(List.of(at)).getOrDefault(at, 0L);
            if (offset < first || offset >= end) {
                return Optional.empty();
            }
            consumer.seek(at, offset);
            return firstOf(consumer, at, end).filter(record -> record.offset() == offset);
        } catch (RuntimeException e) {
            throw KafkaTrouble.explained(e, kafka, patience);
        }
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> firstOf(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition at, long end) {
        while (consumer.position(at) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }
}
