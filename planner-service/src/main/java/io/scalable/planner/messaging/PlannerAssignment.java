package io.scalable.planner.messaging;

import io.scalable.contracts.topic.Topics;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows which partitions are ours, and how far deployments, requests, plans and what was said of
 * workers must be read before the planner may decide: it must know what was spent. Those topics are
 * written without transactions, so their last offset is a record's. Demand is not waited for: old
 * lines are known by their time. The assignor gives equal partition numbers of all topics to one
 * instance.
 */
@ApplicationScoped
@Identifier("planner-in")
class PlannerAssignment implements KafkaConsumerRebalanceListener {

    private static final Set<String> READ_FIRST =
            Set.of(
                    Topics.DEPLOYMENTS,
                    Topics.SCALE_REQUESTS,
                    Topics.SCALE_PLANS,
                    Topics.WORKER_LIFECYCLE);

    private final PlannerLoop loop;

    PlannerAssignment(PlannerLoop loop) {
        this.loop = loop;
    }

    @Override
    public void onPartitionsAssigned(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var first = partitions.stream().filter(p -> READ_FIRST.contains(p.topic())).toList();
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(first);
        Map<TopicPartition, Long> ends = consumer.endOffsets(first);
        var unread = new HashMap<Integer, Map<String, Long>>();
        for (TopicPartition p : first) {
            Map<String, Long> ofPartition =
                    unread.computeIfAbsent(p.partition(), n -> new HashMap<>());
            long end = ends.getOrDefault(p, 0L);
            if (end > begins.getOrDefault(p, 0L)) {
                ofPartition.put(p.topic(), end);
            }
        }
        unread.forEach(loop::assigned);
    }

    @Override
    public void onPartitionsRevoked(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.stream().map(TopicPartition::partition).distinct().forEach(loop::revoked);
    }
}
