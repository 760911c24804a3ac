package io.scalable.planning;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.scaling.ScaleRequested.Mode;
import io.scalable.testkit.ADeployment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentPlannerTest {

    private DeploymentPlanner planner;

    @Test
    void growsFromZeroAtOnceWhenTasksArriveFromOutside() {
        begin(aDeployment().pool("a", 0, 8).objective(Objective.MINIMIZE_TIME));
        ScalePlan plan = see(Demand.after(1).pool("a", 3, 0, 0, 0, 0)).orElseThrow();
        assertThat(plan.desired("a")).isEqualTo(3);
        assertThat(plan.generation()).isEqualTo(2);
        assertThat(plan.pools().getFirst().reason()).contains("3 tasks ready");
    }

    @Test
    void theSameSightTwiceChangesNothing() {
        begin(aDeployment().pool("a", 0, 8));
        assertThat(see(Demand.after(1).pool("a", 3, 0, 0, 0, 0))).isPresent();
        assertThat(see(Demand.after(1).pool("a", 3, 0, 0, 0, 0))).isEmpty();
        assertThat(see(Demand.after(2).pool("a", 3, 0, 0, 3, 0))).isEmpty();
    }

    @Test
    void anOlderLineIsIgnored() {
        begin(aDeployment().pool("a", 0, 8));
        assertThat(see(Demand.after(9).pool("a", 0, 0, 0, 0, 0))).isEmpty();
        assertThat(see(Demand.after(1).pool("a", 3, 0, 0, 0, 0))).isEmpty();
    }

    @Test
    void workThatIsDoneBeforeAWorkerWouldBeReadyNeedsNoWorker() {
        begin(
                aDeployment()
                        .pool("a", 0, 8)
                        .tasks("a", "a", 100, 10.0)
                        .provider("slurm")
                        .objective(Objective.MINIMIZE_TIME)
                        .startedWith(aPlan("a", 1)));
        assertThat(see(Demand.after(5).pool("a", 3, 1, 0, 0, 96))).isEmpty();
        assertThat(see(Demand.after(6).pool("a", 90, 1, 0, 0, 9))).isPresent();
    }

    @Test
    void aPoolWithoutAnyWorkLeftGoesToItsMinimumAtOnce() {
        begin(aDeployment().pool("a", 0, 8).tasks("a", "a", 4, 10.0).startedWith(aPlan("a", 4)));
        ScalePlan plan = see(Demand.after(1).pool("a", 0, 0, 4, 0, 4)).orElseThrow();
        assertThat(plan.desired("a")).isZero();
        assertThat(plan.pools().getFirst().reason()).contains("no work is left");
    }

    @Test
    void busyWorkersAreNotTakenWhenTheQueueIsEmpty() {
        begin(aDeployment().pool("a", 0, 8).tasks("a", "a", 4, 10.0).startedWith(aPlan("a", 4)));
        ScalePlan plan = see(Demand.after(9).pool("a", 0, 3, 1, 0, 1)).orElseThrow();
        assertThat(plan.desired("a")).isEqualTo(3);
    }

    @Test
    void idleWorkersWaitForWorkThatComesFromOutside() {
        begin(aDeployment().pool("a", 0, 8).policy(Policy.SAFE).startedWith(aPlan("a", 2)));
        assertThat(see(Demand.after(0).pool("a", 0, 0, 2, 0, 0))).isEmpty();
        assertThat(see(Demand.after(29).pool("a", 0, 0, 2, 0, 0))).isEmpty();
        assertThat(see(Demand.after(30).pool("a", 0, 0, 2, 0, 0)).orElseThrow().desired("a"))
                .isZero();
    }

    @Test
    void theNextStageIsStartedAheadByOneStartDelay() {
        var spec =
                aDeployment()
                        .pool("a", 0, 1)
                        .pool("b", 0, 2)
                        .tasks("a", "a", 2, 60.0)
                        .tasks("b", "b", 2, 60.0, "a")
                        .provider("kubernetes")
                        .build();
        World world = new World(spec, 20, task -> 60).runToTheEnd(1000);
        assertThat(world.moves()).containsExactly("b up", "a down");
        assertThat(world.now()).as("no start delay between the stages").isLessThan(210);
    }

    @Test
    void theManualPolicyNeverChangesButFollowsAPerson() {
        begin(aDeployment().pool("a", 0, 8, 1, 3).policy(Policy.MANUAL));
        assertThat(see(Demand.after(1).pool("a", 50, 3, 0, 0, 0))).isEmpty();
        assertThat(see(Demand.after(90).pool("a", 0, 0, 3, 0, 0))).isEmpty();
        assertThat(ask("a", Mode.ADD, 2).desired("a")).isEqualTo(5);
        assertThat(see(Demand.after(99).pool("a", 0, 0, 5, 0, 0))).isEmpty();
        assertThat(ask("a", Mode.REMOVE, 4).desired("a")).isEqualTo(1);
    }

    @Test
    void whatAPersonAskedForStaysWhileThereIsWork() {
        begin(aDeployment().pool("a", 0, 8).tasks("a", "a", 20, 10.0));
        assertThat(ask("a", Mode.EXACT, 2).desired("a")).isEqualTo(2);
        assertThat(see(Demand.after(1).pool("a", 18, 2, 0, 0, 0))).isEmpty();
        assertThat(see(Demand.after(90).pool("a", 0, 0, 2, 0, 20)).orElseThrow().desired("a"))
                .isZero();
    }

    @Test
    void aRequestBeyondTheBoundsIsAnsweredWithAPlanAllTheSame() {
        begin(aDeployment().pool("a", 0, 8, 1, 8).policy(Policy.MANUAL));
        ScalePlan plan = ask("a", Mode.ADD, 5);
        assertThat(plan.desired("a")).isEqualTo(8);
        assertThat(plan.generation()).isEqualTo(2);
    }

    @Test
    void aRequestForAnUnknownComponentNamesThoseThatAreThere() {
        begin(aDeployment().pool("a", 0, 8));
        assertThatThrownBy(() -> ask("b", Mode.ADD, 1)).hasMessageContaining("it has [a]");
    }

    @Test
    void aPlanThatOnlyExpectsAnotherEndIsToldOnce() {
        begin(aDeployment().pool("a", 4, 4).tasks("a", "a", 400, 1.0).policy(Policy.MANUAL));
        double predicted = planner.lastPlan().orElseThrow().predictedCompletionSeconds();
        assertThat(see(Demand.after(20).pool("a", 380, 4, 0, 0, 16))).isEmpty();
        ScalePlan plan = see(Demand.after(120).pool("a", 380, 4, 0, 0, 16)).orElseThrow();
        assertThat(plan.desired("a")).isEqualTo(4);
        assertThat(plan.predictedCompletionSeconds()).isGreaterThan(predicted - 20);
        assertThat(see(Demand.after(140).pool("a", 380, 4, 0, 0, 16))).isEmpty();
    }

    @Test
    void aRestoredPlannerGoesOnWithTheNextGenerationAndTheRequest() {
        begin(aDeployment().pool("a", 0, 8).tasks("a", "a", 20, 10.0));
        ScalePlan asked = ask("a", Mode.EXACT, 2);
        var restarted = new DeploymentPlanner(planner.spec());
        restarted.restore(asked);
        PoolDemand line = Demand.after(9).pool("a", 18, 2, 0, 0, 0).line();
        assertThat(restarted.begin(START)).isEmpty();
        assertThat(restarted.observe(line, line.at())).isEmpty();
        assertThat(restarted.lastPlan()).contains(asked);
    }

    @Test
    void staleDemandNeverScalesIn() {
        begin(aDeployment().pool("a", 0, 8).tasks("a", "a", 4, 10.0).startedWith(aPlan("a", 4)));
        PoolDemand line = Demand.after(1).pool("a", 0, 0, 4, 0, 4).line();
        assertThat(planner.observe(line, line.at().plusSeconds(16))).isEmpty();
    }

    @Test
    void theTargetsOwnThresholdsAreHonoured() throws Exception {
        var adaptive = Json.mapper().readTree("{\"cooldown_seconds\": 60}");
        begin(
                aDeployment()
                        .pool("a", 0, 8)
                        .objective(Objective.MINIMIZE_TIME)
                        .option("adaptive", adaptive));
        assertThat(see(Demand.after(1).pool("a", 2, 0, 0, 0, 0))).isPresent();
        assertThat(see(Demand.after(5).pool("a", 6, 2, 0, 0, 0))).isEmpty();
        assertThat(see(Demand.after(61).pool("a", 6, 2, 0, 0, 0)).orElseThrow().desired("a"))
                .isEqualTo(8);
    }

    @Test
    void anInitialPlanIsMovedIntoBoundsAndMaximum() {
        ScalePlan first =
                begin(
                        aDeployment()
                                .pool("a", 1, 3)
                                .pool("b", 0, 3)
                                .maxWorkers(3)
                                .startedWith(aPlan("a", 9)));
        assertThat(first.desired("a")).isEqualTo(3);
        assertThat(first.desired("b")).isZero();
        assertThat(first.pool("a").orElseThrow().bindingConstraint()).isEqualTo("maximum");
    }

    @Test
    void oneWorkerServesTwoPoolsInTurn() {
        var spec =
                aDeployment()
                        .pool("a", 0, 4)
                        .pool("b", 0, 4)
                        .tasks("a", "a", 3, 1.0)
                        .tasks("b", "b", 3, 1.0, "a")
                        .maxWorkers(1)
                        .build();
        World world = new World(spec, 1, task -> 1).runToTheEnd(60);
        assertThat(world.moves()).startsWith("a down", "b up");
        assertThat(world.launched).isEqualTo(2);
    }

    @Test
    void tasksUnderTheNameOfAPlannedOnlyTaskAreServed() {
        begin(aDeployment().pool("a", 0, 4).plannedOnly("a", "a", 10).startedWith(aPlan("a", 0)));
        assertThat(see(Demand.after(1).pool("a", 2, 0, 0, 0, 0)).orElseThrow().desired("a"))
                .isPositive();
    }

    @Test
    void startsThatFailAreTriedMoreAndMoreRarely() {
        var spec = aDeployment().pool("a", 0, 4).tasks("a", "a", 4, 10.0).build();
        World world = new World(spec, 1, task -> 1).failingStarts("a").runFor(600);
        assertThat(world.launched).isBetween(5, 20);
        assertThat(world.plans.getLast().pools().getFirst().bindingConstraint())
                .isEqualTo("start_failures");
    }

    @Test
    void thePlanThatARequestLedToNamesIt() {
        begin(aDeployment().pool("a", 0, 2));
        assertThat(ask("a", Mode.EXACT, 2).answers()).isNull();
        var request = new ScaleRequested("run-1", "a", Mode.ADD, 7, "a person", START, "request-7");
        ScalePlan answer = planner.request(request, START.plusSeconds(1)).orElseThrow();
        assertThat(answer.answers()).isEqualTo("request-7");
        assertThat(answer.desired("a")).isEqualTo(2);
        assertThat(planner.lastPlan()).contains(answer);
        assertThat(see(Demand.after(15).pool("a", 0, 0, 0, 2, 0)).map(ScalePlan::answers))
                .isEmpty();
    }

    @Test
    void aPoolThatIsGivenBackIsSizedByItsPolicyAgain() {
        begin(aDeployment().pool("a", 0, 4));
        assertThat(ask("a", Mode.EXACT, 3).desired("a")).isEqualTo(3);

        ScalePlan own = ask("a", Mode.AUTO, 0);

        assertThat(own.pools().getFirst().bindingConstraint()).isNotEqualTo(PoolSize.REQUEST);
        assertThat(own.pools().getFirst().reason()).doesNotContain("asked for");
    }

    private ScalePlan begin(ADeployment deployment) {
        planner = new DeploymentPlanner(deployment.build());
        return planner.begin(START).orElseThrow();
    }

    private Optional<ScalePlan> see(Demand demand) {
        return planner.observe(demand.line(), demand.at());
    }

    private ScalePlan ask(String pool, Mode mode, int count) {
        Instant at = START.plusSeconds(1);
        var request = new ScaleRequested("run-1", pool, mode, count, "a person", at);
        return planner.request(request, at).orElseThrow();
    }

    private static ScalePlan aPlan(String pool, int workers) {
        var part = new PoolPlan(pool, workers, "started", "tasks");
        return new ScalePlan("run-1", 1, List.of(part), 0.5, null, null, null, START);
    }
}
