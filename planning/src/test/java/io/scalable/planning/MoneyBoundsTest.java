package io.scalable.planning;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.planning.estimate.PoolPrices;
import io.scalable.testkit.ADeployment;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans in money: what they cost, and what they may. */
class MoneyBoundsTest {

    private static final double SECOND = 3600;

    @Test
    void aFirstPlanSaysWhatTheRunCosts() {
        DeploymentSpec spec = priced(fits(10, 4, 100.0), Map.of("a", SECOND), null, null);

        CapacityPlan plan = new CapacityPlanner().capacity(spec, START);

        // Ten tasks of 108 s on average, and a start of 40 s for each worker.
        assertThat(plan.cost().amount()).isCloseTo(1080 + 4 * 40, within(250.0));
        assertThat(plan.cost().p95()).isGreaterThan(plan.cost().amount());
        assertThat(plan.cost().currency()).isEqualTo("USD");
        assertThat(plan.first().cost()).isEqualTo(plan.cost().amount());
        assertThat(plan.pareto().getFirst().cost()).isBetween(900.0, 1400.0);
    }

    @Test
    void anHourCostsNoMoreThanItMay() {
        DeploymentSpec spec = priced(fits(100, 64, 100.0), Map.of("a", 0.5), 2.3, null);

        PoolPlan pool = new DeploymentPlanner(spec).begin(START).orElseThrow().pools().getFirst();

        assertThat(pool.desired()).isEqualTo(4);
        assertThat(pool.bindingConstraint()).isEqualTo("max_cost_per_hour");
    }

    @Test
    void minimumWorkersComeBeforeOthers() {
        DeploymentSpec spec =
                priced(
                        aDeployment()
                                .objective(Objective.MINIMIZE_TIME)
                                .pool("a", 0, 64)
                                .pool("b", 2, 64)
                                .tasks("fit", "a", 100, 100.0),
                        Map.of("a", 1.0, "b", 3.0),
                        9.0,
                        null);

        ScalePlan plan = new DeploymentPlanner(spec).begin(START).orElseThrow();

        assertThat(plan.desired("b")).isEqualTo(2);
        assertThat(plan.desired("a")).isEqualTo(3);
        assertThat(plan.pool("a").orElseThrow().reason())
                .contains("all workers together may cost 9.00 USD an hour, and one of these costs");
    }

    @Test
    void aPoolThatIsTooDearDoesNotStopTheOthers() {
        DeploymentSpec spec =
                priced(
                        aDeployment()
                                .objective(Objective.MINIMIZE_TIME)
                                .pool("dear", 4)
                                .pool("a", 4)
                                .tasks("render", "dear", 9, 100.0)
                                .tasks("fit", "a", 9, 100.0),
                        Map.of("dear", 10.0, "a", 1.0),
                        3.0,
                        null);

        ScalePlan plan = new DeploymentPlanner(spec).begin(START).orElseThrow();

        assertThat(plan.desired("dear")).isZero();
        assertThat(plan.pool("dear").orElseThrow().bindingConstraint())
                .isEqualTo("max_cost_per_hour");
        assertThat(plan.desired("a")).isEqualTo(3);
    }

    @Test
    void wholeRunsStayBelowWhatAnHourMayCost() {
        DeploymentSpec spec =
                priced(
                        aDeployment()
                                .pool("a", 20)
                                .pool("b", 20)
                                .tasks("fit", "a", 40, 60.0)
                                .tasks("sum", "b", 20, 60.0, "fit"),
                        Map.of("a", 1.0, "b", 2.0),
                        6.0,
                        null);
        var world = new World(spec, 20, _ -> 60);

        world.runToTheEnd(10_000);

        for (ScalePlan plan : world.plans) {
            assertThat(plan.desired("a") + 2.0 * plan.desired("b")).isLessThanOrEqualTo(6);
            assertThat(plan.cost()).isNotNull();
            assertThat(plan.currency()).isEqualTo("USD");
        }
    }

    @Test
    void theCostThatIsLeftFallsAsTheRunGoesOn() {
        DeploymentSpec spec = priced(fits(40, 4, 60.0), Map.of("a", SECOND), null, null);
        var world = new World(spec, 20, _ -> 60);

        world.runToTheEnd(10_000);

        assertThat(world.plans.getFirst().cost()).isGreaterThan(2400 * 0.8);
        assertThat(world.plans.getLast().cost()).isLessThan(world.plans.getFirst().cost() / 2);
    }

    @Test
    void whatABudgetDoesNotPayForIsNotLaunched() {
        // A worker's start and one task at its 95th percentile: 40 + 100 * 1.93 s.
        DeploymentSpec spec = priced(fits(50, 8, 100.0), Map.of("a", SECOND), null, 500.0);

        PoolPlan pool = new DeploymentPlanner(spec).begin(START).orElseThrow().pools().getFirst();

        assertThat(pool.desired()).isEqualTo(2);
        assertThat(pool.bindingConstraint()).isEqualTo("budget");
        assertThat(pool.reason()).contains("no room for more workers: of the budget of 500.00 USD");
    }

    @Test
    void aBudgetThatIsUsedUpDrainsAllForGood() {
        DeploymentSpec spec = priced(fits(50, 8, 10.0), Map.of("a", SECOND), null, 2000.0);
        var world = new World(spec, 20, _ -> 10);
        var planner = new DeploymentPlanner(spec);
        planner.begin(START);
        heard(planner, "w1", START);
        heard(planner, "w2", START);

        assertThat(planner.observe(line(world, 400), at(400)).orElse(planner.lastPlan().get()))
                .extracting(p -> p.desired("a"))
                .isNotEqualTo(0);
        ScalePlan plan = planner.observe(line(world, 1000), at(1000)).orElseThrow();

        assertThat(plan.pools().getFirst().desired()).isZero();
        assertThat(plan.pools().getFirst().bindingConstraint()).isEqualTo("budget");
        assertThat(plan.pools().getFirst().reason())
                .contains("the budget is used up: of the budget of 2000.00 USD, 2000.00 USD are");
        planner.observe(line(world, 1010), at(1010));
        assertThat(planner.lastPlan().orElseThrow().desired("a")).isZero();
    }

    @Test
    void aPlannerThatBeginsAnewKnowsWhatWasSpent() {
        DeploymentSpec spec = priced(fits(50, 8, 10.0), Map.of("a", SECOND), null, 2000.0);
        var world = new World(spec, 20, _ -> 10);
        var before = new DeploymentPlanner(spec);
        ScalePlan plan = before.begin(START).orElseThrow();
        var planner = new DeploymentPlanner(spec);
        heard(planner, "w1", START);
        heard(planner, "w2", START);
        planner.restore(plan);

        assertThat(planner.observe(line(world, 1000), at(1000)).orElseThrow().desired("a"))
                .isZero();
    }

    @Test
    void poolsWeighByTheirPricesWhereTheyHaveAny() {
        ADeployment work = aDeployment().pool("a", 16).pool("b", 16);
        var free = PoolPrices.of(work.build());
        var priced = PoolPrices.of(priced(work, Map.of("a", 0.02, "b", 0.06), null, null));

        assertThat(free.weight("a")).isEqualTo(free.weight("b")).isEqualTo(1);
        assertThat(priced.weight("a")).isCloseTo(0.5, within(1e-9));
        assertThat(priced.weight("b")).isCloseTo(1.5, within(1e-9));
    }

    private static PoolDemand line(World world, long seconds) {
        var line = world.demand();
        return new PoolDemand(
                line.deploymentId(),
                at(seconds),
                "observe",
                seconds,
                line.pools(),
                line.tasksStarted(),
                line.tasksDone());
    }

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    private static void heard(DeploymentPlanner planner, String worker, Instant at) {
        planner.heard(new WorkerRequested("run-1", "a", worker, 1, at));
        planner.heard(new WorkerStarted("run-1", "a", worker, "node", at));
    }

    private static ADeployment fits(int tasks, int maximum, double seconds) {
        return aDeployment()
                .objective(Objective.MINIMIZE_TIME)
                .pool("a", maximum)
                .tasks("fit", "a", tasks, seconds);
    }

    private static DeploymentSpec priced(
            ADeployment deployment,
            Map<String, Double> perHour,
            @Nullable Double maxPerHour,
            @Nullable Double budget) {
        return deployment
                .build()
                .withPricing(new Pricing("USD", "2026-01-01", perHour, 60, 40, maxPerHour, budget));
    }
}
