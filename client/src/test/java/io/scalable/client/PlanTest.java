package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.client.DeploymentPrices.PricedDeployment;
import io.scalable.client.run.Samples;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.CapacityPlan;
import io.scalable.planning.CapacityPlan.Decision;
import io.scalable.planning.DefaultMaximum;
import io.scalable.provider.cost.WorkerPrices.Unpriced;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final long GIB = 1024L * 1024 * 1024;

    @Test
    void aPlanPrintsWhatIsAskedForAndWhy() {
        RunPlan plan =
                RunPlan.of(
                        unpriced(Samples.deployment("plan", URI.create("file:///nowhere/"))),
                        report(
                                List.of(
                                        new Decision("forecast", 2, "300 tasks", "max_workers"),
                                        new Decision("postprocess", 1, "one task", "tasks"))));

        assertThat(plan.scalePlan().get("forecast").count()).isEqualTo(2);
        assertThat(plan)
                .hasToString(
                        """
                        Plan (minimize time, safe, about 61 s):
                          forecast: 2 x (cpus=1, memory=1G)  300 tasks
                          postprocess: 1 x (cpus=1, memory=1G)  one task
                          warning: target hpc is paid for or shared and sets no maximum; launched \
                        are at most 64 forecast workers; set max_workers or adaptive: {maximum: N}\
                        """);
        assertThat(plan.forDeployment("run", Samples.START.plusSeconds(9)))
                .satisfies(
                        first -> {
                            assertThat(first.deploymentId()).isEqualTo("run");
                            assertThat(first.generation()).isEqualTo(1);
                            assertThat(first.desired("forecast")).isEqualTo(2);
                            assertThat(first.desired("postprocess")).isZero();
                        });
    }

    private static PricedDeployment unpriced(DeploymentSpec spec) {
        return new PricedDeployment(spec, new Unpriced("no list", false), List.of());
    }

    private static CapacityPlan report(List<Decision> decisions) {
        var workers = new LinkedHashMap<String, Integer>();
        decisions.forEach(d -> workers.put(d.component(), d.workers()));
        var first =
                new ScalePlan(
                        "plan",
                        1,
                        List.of(new PoolPlan("forecast", 2, "300 tasks", "max_workers")),
                        0.5,
                        61.4,
                        null,
                        null,
                        Samples.START);
        return new CapacityPlan(
                "hpc",
                "slurm",
                Objective.MINIMIZE_TIME,
                Policy.SAFE,
                workers,
                new CapacityPlan.Completion(61.4, 70),
                new CapacityPlan.Cost(null, null, null, 0.1),
                "max_workers",
                true,
                List.of(),
                Map.of(),
                decisions,
                List.of(),
                new DefaultMaximum("hpc", Map.of("forecast", 64)),
                first);
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
                .isEqualTo(
                        new PlanOptions(
                                Objective.MINIMIZE_COST, Policy.AGGRESSIVE, Map.of(), Map.of()));
        assertThatThrownBy(() -> PlanOptions.objective("cheap"))
                .hasMessageContaining("unknown objective 'cheap'")
                .hasMessageContaining("'minimize cost', 'minimize time', 'balance'");
        assertThatThrownBy(() -> PlanOptions.defaults().withPolicy("bold"))
                .hasMessageContaining("'safe', 'aggressive', 'manual'");
    }

    @Test
    void countsAndDurationsOutOfRangeAreRefused() {
        assertThat(PlanOptions.defaults().withExpect("fit", Duration.ofMillis(1500)).expect())
                .containsEntry("fit", 1.5);
        assertThatThrownBy(() -> PlanOptions.defaults().withTasks("fit", -1))
                .hasMessage("fit=-1 tasks: give 0 or more");
        assertThatThrownBy(() -> PlanOptions.defaults().withExpect("fit", Duration.ZERO))
                .hasMessageContaining("give more than 0");
    }
}
