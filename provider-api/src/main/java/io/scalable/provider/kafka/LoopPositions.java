package io.scalable.provider.kafka;

import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Where a provider loop begins to read, and what it has to read before it acts. */
final class LoopPositions {

    private LoopPositions() {}

    /**
     * A consumer with its positions fixed: what is published after this returns will be read.
     *
     * @param reports true to read what workers report, too
     */
    static KafkaConsumer<byte[], byte[]> consumer(
            Map<String, String> kafka, String hostId, ProviderLoop.From from, boolean reports) {
        var consumer = KafkaClients.consumer(kafka, "scalable-provider-" + hostId, Map.of());
        try {
            List<TopicPartition> goals = goals(consumer);
            // Workers repeat every second that they are there: the past is not needed.
            List<TopicPartition> news =
                    reports ? partitions(consumer, Topics.WORKER_REPORTS) : List.of();
            List<TopicPartition> all = Stream.concat(goals.stream(), news.stream()).toList();
            consumer.assign(all);
            switch (from) {
                case BEGINNING -> consumer.seekToBeginning(goals);
                case NOW -> consumer.seekToEnd(goals);
            }
            if (!news.isEmpty()) {
                consumer.seekToEnd(news);
            }
            all.forEach(consumer::position);
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The deployments and plans that there are now. */
    static CatchUp catchUp(KafkaConsumer<byte[], byte[]> consumer) {
        return new CatchUp(consumer.endOffsets(goals(consumer)));
    }

    private static List<TopicPartition> goals(KafkaConsumer<byte[], byte[]> consumer) {
        return Stream.of(Topics.DEPLOYMENTS, Topics.SCALE_PLANS)
                .flatMap(topic -> partitions(consumer, topic).stream())
                .toList();
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }
}
