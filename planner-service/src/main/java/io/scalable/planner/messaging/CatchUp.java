package io.scalable.planner.messaging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the topics must be read before a partition's deployments are decided on: to where they
 * ended when the partition was assigned. Goes by the reader's position, which passes the marks of
 * transactions as well as records.
 */
final class CatchUp {

    private final Map<TopicPartition, Long> unread = new HashMap<>();
    private final Set<Integer> behind = new HashSet<>();

    /** These partitions are to be read to {@code ends}. */
    void assigned(Map<TopicPartition, Long> ends) {
        ends.forEach(
                (partition, end) -> {
                    unread.put(partition, end);
                    behind.add(partition.partition());
                });
    }

    void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(
                partition -> {
                    unread.remove(partition);
                    behind.remove(partition.partition());
                });
    }

    /**
     * The partitions that have been read by now, once each, ascending.
     *
     * @param position of the reader: the next offset that it reads
     */
    List<Integer> reached(ToLongFunction<TopicPartition> position) {
        if (behind.isEmpty()) {
            return List.of();
        }
        unread.entrySet().removeIf(e -> position.applyAsLong(e.getKey()) >= e.getValue());
        var reached = new ArrayList<Integer>(behind);
        unread.keySet().forEach(partition -> reached.remove((Integer) partition.partition()));
        reached.forEach(behind::remove);
        reached.sort(null);
        return reached;
    }
}
