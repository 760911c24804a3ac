package io.scalable.planning;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.estimate.WorkEstimator;
import org.junit.jupiter.api.Test;

/** Sizes far beyond the usual. The times are printed for the record; they decide nothing. */
class LargeDeploymentTest {

    @Test
    void aHundredLargePoolsArePlanned() {
        var deployment = aDeployment();
        for (int i = 0; i < 100; i++) {
            deployment.pool("p" + i, 0, 64).tasks("t" + i, "p" + i, 10_000, 10.0);
        }
        var spec = deployment.policy(Policy.SAFE).build();
        for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            var plan = new CapacityPlanner().capacity(spec, new WorkEstimator(spec), START);
            System.out.printf("100 pools x 10,000 tasks planned in %.2f s%n", since(begin));
            assertThat(plan.workers()).hasSize(100).doesNotContainValue(0);
        }
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
            long begin = System.nanoTime();
            boolean changed = planner.observe(demand.line(), demand.at()).isPresent();
            System.out.printf(
                    "a tick of 1,000 pools took %.0f ms%s%n",
                    1000 * since(begin), changed ? "" : ", nothing changed");
            assertThat(planner.lastPlan().orElseThrow().pools()).hasSize(1000);
        }
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
