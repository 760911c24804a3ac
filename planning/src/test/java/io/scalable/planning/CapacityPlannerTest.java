package io.scalable.planning;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.testkit.ADeployment;
import org.junit.jupiter.api.Test;

class CapacityPlannerTest {

    @Test
    void minimizeTimeTakesAWorkerPerTaskAndNoMore() {
        ScalePlan plan = plan(one(5, 20).objective(Objective.MINIMIZE_TIME));
        assertThat(plan.desired("a")).isEqualTo(5);
        assertThat(constraint(plan, "a")).isEqualTo("tasks");
        assertThat(plan.generation()).isEqualTo(1);
    }

    @Test
    void minimizeTimeCountsSlots() {
        ScalePlan plan =
                plan(
                        aDeployment()
                                .pool("a", 0, 20, 4, null)
                                .tasks("t", "a", 10, 10.0)
                                .objective(Objective.MINIMIZE_TIME));
        assertThat(plan.desired("a")).isEqualTo(3);
    }

    @Test
    void minimizeTimeStopsAtTheMaximum() {
        ScalePlan plan = plan(one(50, 4).objective(Objective.MINIMIZE_TIME));
        assertThat(plan.desired("a")).isEqualTo(4);
        assertThat(constraint(plan, "a")).isEqualTo("maximum");
    }

    @Test
    void minimizeCostTakesTheFewestThatFinishWithinTheWalltime() {
        var deployment = one(100, 50).objective(Objective.MINIMIZE_COST);
        ScalePlan plan = plan(deployment.deadline(120));
        assertThat(plan.desired("a")).isBetween(10, 11);
        assertThat(constraint(plan, "a")).isEqualTo("walltime");
        assertThat(plan.predictedCompletionSeconds()).isLessThanOrEqualTo(120);
    }

    @Test
    void minimizeCostSaysWhenNoCountIsFastEnough() {
        ScalePlan plan = plan(one(100, 2).objective(Objective.MINIMIZE_COST).deadline(60));
        assertThat(plan.desired("a")).isEqualTo(2);
        assertThat(plan.pool("a").orElseThrow().reason()).contains("no count within the bounds");
    }

    @Test
    void minimizeCostWithoutAWalltimeTakesOne() {
        assertThat(plan(one(100, 9).objective(Objective.MINIMIZE_COST)).desired("a")).isEqualTo(1);
    }

    @Test
    void balanceLiesBetweenTheTwo() {
        int balance = plan(one(300, 300).provider("slurm")).desired("a");
        assertThat(balance).isBetween(2, 299);
    }

    @Test
    void aFreeLaptopIsUsedInFullWhenBalanced() {
        assertThat(plan(one(300, 4)).desired("a")).isEqualTo(4);
    }

    @Test
    void manualTakesTheManifestsCounts() {
        ScalePlan plan =
                plan(
                        aDeployment()
                                .pool("given", 0, 9, 1, 3)
                                .pool("minimum", 2, 9)
                                .pool("neither", 0, 9)
                                .pool("toomany", 0, 2, 1, 5)
                                .policy(Policy.MANUAL));
        assertThat(plan.pools()).extracting(PoolPlan::desired).containsExactly(3, 2, 1, 2);
        assertThat(constraint(plan, "given")).isEqualTo("manual");
    }

    @Test
    void aPoolWhoseWorkIsAllBlockedWaitsAtItsMinimum() {
        ScalePlan plan =
                plan(
                        aDeployment()
                                .pool("a", 0, 4)
                                .pool("b", 1, 4)
                                .tasks("first", "a", 40, 10.0)
                                .tasks("then", "b", 8, 10.0, "first"));
        assertThat(plan.desired("a")).isEqualTo(4);
        assertThat(plan.desired("b")).isEqualTo(1);
        assertThat(plan.pool("b").orElseThrow().reason()).contains("4 planned");
    }

    @Test
    void theTargetsMaximumIsSharedByWork() {
        ScalePlan plan =
                plan(
                        aDeployment()
                                .pool("large", 0, 9)
                                .pool("small", 0, 9)
                                .tasks("l", "large", 100, 10.0)
                                .tasks("s", "small", 10, 10.0)
                                .objective(Objective.MINIMIZE_TIME)
                                .maxWorkers(4));
        assertThat(plan.desired("large")).isEqualTo(3);
        assertThat(plan.desired("small")).isEqualTo(1);
    }

    @Test
    void twoPoolsThatTakeTurnsArePredictedOneAfterTheOther() {
        ScalePlan plan =
                plan(
                        aDeployment()
                                .pool("a", 0, 9)
                                .pool("b", 0, 9)
                                .tasks("x", "a", 10, 10.0)
                                .tasks("y", "b", 10, 10.0)
                                .maxWorkers(1));
        assertThat(plan.desired("a") + plan.desired("b")).isEqualTo(1);
        assertThat(plan.predictedCompletionSeconds()).isGreaterThan(200);
    }

    @Test
    void theSafePolicyPlansForMoreThanTheMedian() {
        var deployment = one(100, 50).objective(Objective.MINIMIZE_COST).deadline(120);
        int bold = plan(deployment).desired("a");
        int safe = plan(deployment.policy(Policy.SAFE)).desired("a");
        assertThat(safe).isGreaterThan(bold);
    }

    @Test
    void withoutTasksTheMinimumHoldsAndItSaysSo() {
        ScalePlan plan = plan(aDeployment().pool("a", 2, 4));
        assertThat(plan.desired("a")).isEqualTo(2);
        assertThat(plan.pool("a").orElseThrow().reason()).contains("no tasks known");
        assertThat(plan.predictedCompletionSeconds()).isNull();
    }

    private static ADeployment one(int tasks, int maximum) {
        return aDeployment().pool("a", 0, maximum).tasks("t", "a", tasks, 10.0);
    }

    private static ScalePlan plan(ADeployment deployment) {
        return new CapacityPlanner().plan(deployment.build(), START);
    }

    private static String constraint(ScalePlan plan, String pool) {
        return plan.pool(pool).orElseThrow().bindingConstraint();
    }
}
