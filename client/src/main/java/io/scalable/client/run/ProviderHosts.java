package io.scalable.client.run;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.service.ServiceEvent.ProviderHostSeen;
import io.scalable.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Which provider hosts live: they say so every few seconds on {@code scalable.service-events}. What
 * a host says while this listens counts, whatever its clock shows; what it said just before counts
 * by its time.
 */
public final class ProviderHosts {

    /** Longer than a host that lives is ever silent. */
    static final Duration PATIENCE = Duration.ofSeconds(ProviderHostSeen.EVERY_SECONDS + 2L);

    private static final Duration POLL = Duration.ofMillis(100);

    /** Records of each partition from before that are looked at. */
    private static final long BEFORE = 100;

    private static final String KEY = new ProviderHostSeen("", List.of(), Instant.EPOCH).key();

    private final Map<String, String> kafka;
    private final Duration patience;
    private final Map<String, List<String>> living = new TreeMap<>();

    private ProviderHosts(Map<String, String> kafka, Duration patience) {
        this.kafka = kafka;
        this.patience = patience;
    }

    /**
     * Listens for hosts until that is enough, or each that lives must have spoken.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param patience for the brokers to answer
     * @param enough is asked about the hosts so far, several times a second
     * @return their ids, with the names of their providers
     * @throws RunException if the brokers do not answer or refuse, or no services ran there
     */
    public static Map<String, List<String>> living(
            Map<String, String> kafka,
            Duration patience,
            Predicate<Map<String, List<String>>> enough) {
        return new ProviderHosts(kafka, patience).listen(enough);
    }

    private Map<String, List<String>> listen(Predicate<Map<String, List<String>>> enough) {
        var timeout =
                Map.of(
                        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) patience.toMillis());
        try (var consumer = KafkaClients.consumer(kafka, "scalable-provider-hosts", timeout)) {
            Map<TopicPartition, Long> ends = assign(consumer);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!enough.test(living) && until - System.nanoTime() > 0) {
                for (var record : consumer.poll(POLL)) {
                    var at = new TopicPartition(record.topic(), record.partition());
                    hear(record, record.offset() >= ends.getOrDefault(at, 0L));
                }
            }
            return living;
        } catch (RuntimeException e) {
            throw KafkaTrouble.explained(e, kafka, patience);
        }
    }

    private Map<TopicPartition, Long> assign(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.SERVICE_EVENTS).stream()
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new RunException(
                    "there is no topic "
                            + Topics.SERVICE_EVENTS
                            + " at "
                            + KafkaTrouble.brokers(kafka)
                            + "; start the services first (scalable up, or dev/up), they make it",
                    null);
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        ends.forEach(
                (at, end) ->
                        consumer.seek(at, Math.max(begins.getOrDefault(at, 0L), end - BEFORE)));
        return ends;
    }

    private void hear(ConsumerRecord<byte[], byte[]> record, boolean live) {
        try {
            switch (TopicRecords.decode(record.topic(), record.key(), record.value())) {
                case TopicRecord.Present(var _, ProviderHostSeen seen) -> {
                    if (live || isRecent(seen.at())) {
                        living.put(seen.hostId(), seen.providers());
                    }
                }
                case TopicRecord.Present _ -> {}
                case TopicRecord.Tombstone(var _, String key) -> {
                    if (key.startsWith(KEY)) {
                        living.remove(key.substring(KEY.length()));
                    }
                }
            }
        } catch (InvalidRecordException e) {
            // Says nothing of a host that lives.
        }
    }

    private static boolean isRecent(Instant at) {
        return Duration.between(at, Instant.now()).abs().compareTo(PATIENCE) < 0;
    }
}
