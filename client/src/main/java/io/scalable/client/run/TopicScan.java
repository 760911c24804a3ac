package io.scalable.client.run;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.kafka.KafkaClients;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what a topic holds, from its beginning to its end, and what comes meanwhile. */
public final class TopicScan {

    private static final System.Logger LOG = System.getLogger(TopicScan.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);

    private TopicScan() {}

    /** Hands every record that there is now to {@code reader}; those of one key in order. */
    public static void read(
            Map<String, String> kafka,
            String topic,
            Duration patience,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        read(kafka, topic, patience, reader, () -> true);
    }

    /**
     * The same, and goes on with what comes until it is enough.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param patience for the brokers to answer
     * @param reader is handed each record; one that it refuses with {@link InvalidRecordException}
     *     is left out
     * @param enough asked several times a second, once all that there was has been read
     * @throws RunException if they do not answer or refuse, or the topic is not there
     */
    public static void read(
            Map<String, String> kafka,
            String topic,
            Duration patience,
            Consumer<ConsumerRecord<byte[], byte[]>> reader,
            BooleanSupplier enough) {
        try (var consumer = KafkaClients.consumer(
                        KafkaPatience.impatient(kafka, patience), "scalable-scan", Map.of())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .toList();
            if (partitions.isEmpty()) {
                throw new RunException(
                        "there is no topic "
                                + topic
                                + " at "
                                + KafkaTrouble.brokers(kafka)
                                + "; start the services first (dev/up), they make it",
                        null);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!reached(consumer, ends) || !enough.getAsBoolean()) {
                consumer.poll(POLL).forEach(record -> hand(record, reader));
            }
        } catch (RuntimeException e) {
            throw KafkaTrouble.explained(e, kafka, patience);
        }
    }

    /** One bad record blocks no command: it is left out, and said so. */
    private static void hand(
            ConsumerRecord<byte[], byte[]> record,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try {
            reader.accept(record);
        } catch (InvalidRecordException e) {
            LOG.log(
                    Level.WARNING,
                    "left out an unreadable record, {0}-{1} at offset {2}: {3}",
                    record.topic(),
                    record.partition(),
                    Long.toString(record.offset()),
                    e.getMessage());
        }
    }

    private static boolean reached(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
