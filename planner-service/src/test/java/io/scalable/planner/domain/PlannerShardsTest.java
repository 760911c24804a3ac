package io.scalable.planner.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.planner.Given;
import io.scalable.planner.domain.PlannerInput.SpecPublished;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerShardsTest {

    private static final SpecPublished SPEC = new SpecPublished(Given.aDeployment("run"));

    private final PlannerShards shards = new PlannerShards();

    @Test
    void aPartitionWithoutRecordsDecidesAtOnce() {
        shards.assigned(0, Map.of(), Given.EARLIER);
        assertThat(tell(0)).hasSize(1);
    }

    @Test
    void aPartitionWithRecordsDecidesOnceAllTopicsHaveBeenReadToTheirEnd() {
        shards.assigned(0, Map.of("plans", 3L, "deployments", 1L), Given.EARLIER);
        assertThat(tell(0)).isEmpty();
        assertThat(shards.passed("deployments", 0, 0, Given.EARLIER)).isEmpty();
        assertThat(shards.passed("plans", 0, 1, Given.EARLIER)).isEmpty();
        assertThat(shards.passed("plans", 0, 2, Given.EARLIER)).hasSize(1);
        assertThat(shards.passed("plans", 0, 3, Given.EARLIER)).isEmpty();
    }

    @Test
    void aRevokedPartitionIsIgnored() {
        shards.assigned(0, Map.of(), Given.EARLIER);
        shards.revoked(0);
        assertThat(tell(0)).isEmpty();
    }

    @Test
    void aPartitionThatComesBackIsReadAnew() {
        shards.assigned(0, Map.of(), Given.EARLIER);
        assertThat(tell(0)).hasSize(1);
        shards.revoked(0);
        shards.assigned(0, Map.of("plans", 1L), Given.EARLIER);
        assertThat(tell(0)).isEmpty();
    }

    private List<PlannerOutput> tell(int partition) {
        return shards.accept(partition, SPEC, Given.EARLIER);
    }
}
