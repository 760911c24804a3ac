package io.scalable.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.testkit.ADeployment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for every shape of work, every bound and every policy. */
class DeploymentPlannerPropertyTest {

    private static final double FOREVER = 200_000;

    @Property(tries = 100)
    void everyGraphEndsWithAllWorkDone(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll Objective objective,
            @ForAll Policy policy,
            @ForAll @IntRange(min = 0, max = 5) int cap,
            @ForAll @DoubleRange(min = 0.1, max = 90) double startDelay) {
        World world = aRandomWorld(seed, objective, policy, cap, startDelay);
        world.runToTheEnd(FOREVER);
    }

    @Property(tries = 60)
    void noHourCostsMoreThanItMayAndAllWorkIsDone(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll Objective objective,
            @ForAll Policy policy,
            @ForAll @IntRange(min = 0, max = 5) int cap,
            @ForAll @DoubleRange(min = 1, max = 6) double workers) {
        var random = new Random(seed);
        World world =
                aRandomWorld(
                        seed,
                        objective,
                        policy,
                        cap,
                        3,
                        spec -> {
                            var prices = new HashMap<String, Double>();
                            spec.components()
                                    .forEach(
                                            c -> prices.put(c.name(), 1 + 3 * random.nextDouble()));
                            // At least one worker of the dearest pool is paid for.
                            double most = workers * Collections.max(prices.values());
                            return spec.withPricing(
                                    new Pricing("USD", "2026-01-31", prices, 60, 10, most, null));
                        });
        world.runToTheEnd(FOREVER);
    }

    @Property(tries = 60)
    void aBudgetIsUsedAndNeverPassed(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll Objective objective,
            @ForAll Policy policy,
            @ForAll @DoubleRange(min = 100, max = 3_000) double budget,
            @ForAll @DoubleRange(min = 1, max = 90) double startDelay) {
        var random = new Random(seed);
        double seconds = 5 + 40 * random.nextDouble();
        // A second of a worker costs 1.
        var pricing = new Pricing("USD", "2026-01-31", Map.of("a", 3600.0), 60, 40, null, budget);
        DeploymentSpec spec =
                ADeployment.aDeployment()
                        .pool("a", random.nextInt(3), 8, 1, 4)
                        .tasks("fit", "a", 200, seconds)
                        .objective(objective)
                        .policy(policy)
                        .build()
                        .withPricing(pricing);
        World world = new World(spec, startDelay, task -> seconds);

        do {
            world.runFor(60);
        } while (world.now() < 5_000 && !world.workers.isEmpty());

        double spent = world.bills.cost(pricing, world.at());
        assertThat(spent).isLessThanOrEqualTo(budget);
        assertThat(world.finished() || world.workers.isEmpty()).isTrue();
        double workerAndTask = 40 + 2 * seconds;
        assertThat(world.finished() || spent > budget - 60 - 10 * workerAndTask).isTrue();
    }

    @Property(tries = 30)
    void twoPoolsWithOneWorkerAlwaysFinish(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll Objective objective,
            @ForAll Policy policy,
            @ForAll boolean dependent) {
        var random = new Random(seed);
        String[] needs = dependent ? new String[] {"fit"} : new String[0];
        DeploymentSpec spec =
                ADeployment.aDeployment()
                        .pool("forecast", 0, 4)
                        .pool("postprocess", random.nextInt(2), 4)
                        .tasks("fit", "forecast", 1 + random.nextInt(20), null)
                        .tasks("gather", "postprocess", 1 + random.nextInt(5), null, needs)
                        .maxWorkers(1)
                        .objective(objective)
                        .policy(policy)
                        .build();
        World world = new World(spec, 1, task -> 0.05 + 5 * random.nextDouble());
        world.runToTheEnd(10_000);
        assertThat(world.mostWorkers).isEqualTo(1);
    }

    @Property(tries = 30)
    void aReplayMakesTheSameDecisions(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll Objective objective,
            @ForAll @IntRange(min = 0, max = 5) int cap) {
        World world = aRandomWorld(seed, objective, Policy.AGGRESSIVE, cap, 3);
        world.runToTheEnd(FOREVER);

        var replayed = new ArrayList<ScalePlan>();
        var planner = new DeploymentPlanner(world.spec);
        planner.begin(ADeployment.START).ifPresent(replayed::add);
        world.lines.forEach(line -> planner.observe(line, line.at()).ifPresent(replayed::add));

        assertThat(replayed).isEqualTo(world.plans);
    }

    @Property(tries = 30)
    void constantLoadDoesNotFlap(
            @ForAll @IntRange(min = 1, max = 10) int running,
            @ForAll @IntRange(min = 1, max = 10) int maximum,
            @ForAll Objective objective) {
        DeploymentSpec spec =
                ADeployment.aDeployment().pool("a", 0, maximum).objective(objective).build();
        World world = new World(spec, 2, task -> 1_000_000);
        world.arrive("endless", "a", running, 1_000_000);
        world.runFor(2_000);
        assertThat(world.moves()).doesNotContain("a down").hasSizeLessThanOrEqualTo(10);
    }

    @Property(tries = 30)
    void failingStartsDoNotLoop(@ForAll Policy policy, @ForAll @IntRange(min = 1, max = 8) int n) {
        DeploymentSpec spec =
                ADeployment.aDeployment()
                        .pool("broken", 0, 8, 1, n)
                        .tasks("fit", "broken", n, null)
                        .policy(policy)
                        .build();
        World world = new World(spec, 1, task -> 1).failingStarts("broken").runFor(3_600);
        assertThat(world.launched).isLessThan(60);
        assertThat(world.plans).hasSizeLessThan(60);
    }

    private static World aRandomWorld(
            long seed, Objective objective, Policy policy, int cap, double startDelay) {
        return aRandomWorld(seed, objective, policy, cap, startDelay, spec -> spec);
    }

    private static World aRandomWorld(
            long seed,
            Objective objective,
            Policy policy,
            int cap,
            double startDelay,
            UnaryOperator<DeploymentSpec> prices) {
        var random = new Random(seed);
        var deployment = ADeployment.aDeployment().objective(objective).policy(policy);
        int pools = 1 + random.nextInt(3);
        for (int i = 0; i < pools; i++) {
            int maximum = 1 + random.nextInt(6);
            var bounds = new Bounds(random.nextInt(maximum + 1) / 2, maximum);
            Integer workers = random.nextBoolean() ? null : 1 + random.nextInt(6);
            int slots = random.nextInt(4) == 0 ? 2 : 1;
            deployment.pool("p" + i, bounds.minimum(), bounds.maximum(), slots, workers);
        }
        int groups = 1 + random.nextInt(6);
        for (int g = 0; g < groups; g++) {
            Double expect = random.nextBoolean() ? null : 0.5 + 20 * random.nextDouble();
            String pool = "p" + random.nextInt(pools);
            int count = random.nextInt(12);
            if (g > 0 && random.nextInt(4) == 0) {
                deployment.keyed("t" + g, pool, count, expect, "t" + random.nextInt(g));
            } else {
                var needs = new ArrayList<String>();
                for (int before = 0; before < g; before++) {
                    if (random.nextInt(3) == 0) {
                        needs.add("t" + before);
                    }
                }
                deployment.tasks("t" + g, pool, count, expect, needs.toArray(String[]::new));
            }
        }
        if (cap > 0) {
            deployment.maxWorkers(cap);
        }
        if (random.nextInt(3) == 0) {
            deployment.deadline(30 + random.nextInt(600));
        }
        double scale = Math.exp(1.5 * random.nextGaussian());
        return new World(
                prices.apply(deployment.build()),
                startDelay,
                task -> 0.01 + scale * random.nextDouble());
    }
}
