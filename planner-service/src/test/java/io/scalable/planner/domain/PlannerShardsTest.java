package io.scalable.planner.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.planner.Given;
import io.scalable.planner.domain.PlannerInput.SpecPublished;
import io.scalable.planner.domain.PlannerOutput.PublishPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerShardsTest {

    private static final SpecPublished SPEC = new SpecPublished(Given.aDeployment("run"));

    private final PlannerShards shards = new PlannerShards();

    @Test
    void nothingIsDecidedBeforeThePartitionIsLive() {
        shards.assigned(0);
        assertThat(tell(0)).isEmpty();
        assertThat(shards.live()).isFalse();
        assertThat(plans(shards.goLive(0, Given.EARLIER))).hasSize(1);
        assertThat(shards.live()).isTrue();
        assertThat(shards.goLive(0, Given.EARLIER)).as("once is enough").isEmpty();
    }

    @Test
    void aRevokedPartitionIsIgnored() {
        shards.assigned(0);
        shards.goLive(0, Given.EARLIER);
        shards.revoked(0);
        assertThat(tell(0)).isEmpty();
    }

    @Test
    void aPartitionThatComesBackIsReadAnew() {
        shards.assigned(0);
        shards.goLive(0, Given.EARLIER);
        assertThat(tell(0)).hasSize(1);
        shards.revoked(0);
        shards.assigned(0);
        assertThat(tell(0)).isEmpty();
    }

    private List<PlannerOutput> tell(int partition) {
        return plans(shards.accept(partition, SPEC, Given.EARLIER));
    }

    private static List<PlannerOutput> plans(List<PlannerOutput> outputs) {
        return outputs.stream().filter(PublishPlan.class::isInstance).toList();
    }
}
