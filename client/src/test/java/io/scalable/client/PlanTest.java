package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.client.run.Samples;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final long GIB = 1024L * 1024 * 1024;

    @Test
    void aPlanPrintsWhatIsAskedForAndWhy() {
        var spec = Samples.deployment("plan", URI.create("file:///nowhere/"));
        var scalePlan =
                new ScalePlan(
                        "plan",
                        1,
                        List.of(new PoolPlan("forecast", 2, "300 tasks", "max_workers")),
                        0.5,
                        61.4,
                        null,
                        null,
                        Samples.START);

        RunPlan plan = RunPlan.of(spec, scalePlan);

        assertThat(plan.scalePlan().get("forecast").count()).isEqualTo(2);
        assertThat(plan.scalePlan().get("postprocess").count()).isZero();
        assertThat(plan)
                .hasToString(
                        """
                        Plan (minimize time, safe, about 61 s):
                          forecast: 2 x (cpus=1, memory=1G)  300 tasks
                          postprocess: 0 x (cpus=1, memory=1G)\
                        """);
        assertThat(plan.forDeployment("run", Samples.START.plusSeconds(9)))
                .satisfies(
                        first -> {
                            assertThat(first.deploymentId()).isEqualTo("run");
                            assertThat(first.generation()).isEqualTo(1);
                            assertThat(first.desired("forecast")).isEqualTo(2);
                        });
    }

    @Test
    void resourcesPrintInUnitsThatPeopleWrite() {
        assertThat(new ResourceRequest(4, 2, 1_000_000_000)).hasToString("4 x (cpus=2, memory=1G)");
        assertThat(new ResourceRequest(1, 0.5, GIB * 3 / 2))
                .hasToString("1 x (cpus=0.5, memory=1.5GiB)");
        assertThat(new ResourceRequest(1, 1, 256_000_000)).hasToString("1 x (cpus=1, memory=256M)");
        assertThat(new ResourceRequest(1, 1, 1_234_567_890))
                .hasToString("1 x (cpus=1, memory=1.23G)");
    }

    @Test
    void objectivesAndPoliciesAreTheManifestsWords() {
        assertThat(PlanOptions.objective("minimize cost").withPolicy("aggressive"))
                .isEqualTo(new PlanOptions(Objective.MINIMIZE_COST, Policy.AGGRESSIVE));
        assertThatThrownBy(() -> PlanOptions.objective("cheap"))
                .hasMessageContaining("unknown objective 'cheap'")
                .hasMessageContaining("'minimize cost', 'minimize time', 'balance'");
        assertThatThrownBy(() -> PlanOptions.defaults().withPolicy("bold"))
                .hasMessageContaining("'safe', 'aggressive', 'manual'");
    }
}
