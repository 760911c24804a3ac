package io.scalable.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final TopicPartition PLANS = new TopicPartition("plans", 0);
    private static final TopicPartition SPECS = new TopicPartition("specs", 0);
    private static final TopicPartition OTHER = new TopicPartition("plans", 1);

    private final CatchUp catchUp = new CatchUp();
    private final Map<TopicPartition, Long> positions =
            new HashMap<>(Map.of(PLANS, 0L, SPECS, 0L, OTHER, 0L));

    @Test
    void aPartitionIsReachedOnceAllItsTopicsAreReadToTheirEnd() {
        catchUp.assigned(Map.of(PLANS, 3L, SPECS, 1L, OTHER, 0L));
        assertThat(reached()).as("nothing stands there").containsExactly(1);
        positions.put(PLANS, 3L);
        assertThat(reached()).isEmpty();
        positions.put(SPECS, 2L);
        assertThat(reached()).containsExactly(0);
        assertThat(reached()).as("told once").isEmpty();
    }

    @Test
    void theMarkOfATransactionAtTheEndIsPassedByThePosition() {
        catchUp.assigned(Map.of(PLANS, 5L));
        positions.put(PLANS, 5L);
        assertThat(reached()).containsExactly(0);
    }

    @Test
    void aRevokedPartitionIsNotWaitedFor() {
        catchUp.assigned(Map.of(PLANS, 3L, SPECS, 1L));
        catchUp.revoked(List.of(PLANS, SPECS));
        positions.put(PLANS, 3L);
        assertThat(reached()).isEmpty();
    }

    private List<Integer> reached() {
        return catchUp.reached(partition -> positions.getOrDefault(partition, 0L));
    }
}
