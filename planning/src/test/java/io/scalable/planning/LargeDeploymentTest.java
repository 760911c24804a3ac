package io.scalable.planning;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.estimate.WorkEstimator;
import org.junit.jupiter.api.Test;

/** Sizes far beyond the usual; {@code benchmarks/planning} times them. */
class LargeDeploymentTest {

    @Test
    void aHundredLargePoolsArePlanned() {
        var deployment = aDeployment();
        for (int i = 0; i < 100; i++) {
            deployment.pool("p" + i, 0, 64).tasks("t" + i, "p" + i, 10_000, 10.0);
        }
        var spec = deployment.policy(Policy.SAFE).build();
        var plan = new CapacityPlanner().capacity(spec, new WorkEstimator(spec), START);
        assertThat(plan.workers()).hasSize(100).doesNotContainValue(0);
    }

    @Test
    void aThousandPoolsAreDecidedInOneTick() {
        var deployment = aDeployment();
        for (int i = 0; i < 1000; i++) {
            deployment.pool("p" + i, 0, 64).tasks("p" + i, "p" + i, 100, 10.0);
        }
        var planner = new DeploymentPlanner(deployment.build());
        ScalePlan first = planner.begin(START).orElseThrow();
        assertThat(first.pools()).hasSize(1000);
        for (int tick = 1; tick <= 10; tick++) {
            Demand demand = Demand.after(tick);
            for (int i = 0; i < 1000; i++) {
                demand.pool("p" + i, 90 - tick, 8, 0, 0, 2 + tick);
            }
            var unused = planner.observe(demand.line(), demand.at());
            assertThat(planner.lastPlan().orElseThrow().pools()).hasSize(1000);
        }
    }
}
