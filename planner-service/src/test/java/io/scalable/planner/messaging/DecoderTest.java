package io.scalable.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.Topics;
import io.scalable.planner.Given;
import io.scalable.planner.domain.PlannerInput.DeploymentEnded;
import io.scalable.planner.domain.PlannerInput.PlanForgotten;
import io.scalable.planner.domain.PlannerInput.PlanSeen;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DecoderTest {

    private static final byte[] RUN = "run".getBytes(StandardCharsets.UTF_8);
    private static final ScalePlan PLAN = Given.aPlan("run", 2, 3);
    private static final byte[] BYTES = JsonCodec.of(ScalePlan.class).encode(PLAN);

    @Test
    void aRecordIsReadByItsTopic() {
        assertThat(Decoder.decode(Topics.SCALE_PLANS, RUN, BYTES)).contains(new PlanSeen(PLAN));
    }

    @Test
    void tombstonesOfDeploymentsAndPlansMeanSomething() {
        assertThat(Decoder.decode(Topics.DEPLOYMENTS, RUN, null))
                .contains(new DeploymentEnded("run"));
        assertThat(Decoder.decode(Topics.SCALE_PLANS, RUN, null))
                .contains(new PlanForgotten("run"));
        assertThat(Decoder.decode(Topics.POOL_DEMAND, RUN, null)).isEmpty();
    }

    @Test
    void aKeyThatIsNotTheDeploymentsIsRefused() {
        assertThatThrownBy(
                        () ->
                                Decoder.decode(
                                        Topics.SCALE_PLANS,
                                        "other".getBytes(StandardCharsets.UTF_8),
                                        BYTES))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("the key must be the deployment's id 'run', found 'other'");
    }
}
