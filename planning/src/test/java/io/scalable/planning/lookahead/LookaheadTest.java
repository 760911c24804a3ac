package io.scalable.planning.lookahead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.LogNormal;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.planning.simulation.Outcome;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.Simulation;
import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TraceTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LookaheadTest {

    private static final Goal BALANCE = new Goal(0.5, null, 0);
    private static final double INTERVAL = 2;

    @Test
    void aLogNormalHasItsMedianAndItsSpread() {
        var delay = new LogNormal(300, 0.8);
        assertThat(delay.quantile(0.5)).isCloseTo(300, within(0.1));
        assertThat(delay.quantile(0.95)).isCloseTo(300 * Math.exp(0.8 * 1.6449), within(2.0));
        assertThat(delay.remaining(0, 0.5)).isCloseTo(300, within(0.1));
        assertThat(delay.remaining(300, 0.5)).isGreaterThan(100).isLessThan(300);
    }

    @Test
    void aRolloutOfTwoTasksOnOneWorkerTakesBothDurations() {
        var poolSlots = slots(new double[] {0}, 1);
        var rollout = rollout(Economics.of("local"), poolSlots, chain(10, 20));
        rollout.play(new int[] {1});
        assertThat(rollout.completion()).isEqualTo(30);
        assertThat(rollout.cost()).isEqualTo(30);
        assertThat(rollout.launches()).containsExactly(0);
        assertThat(rollout.firstUse(0)).containsExactly(0.0);
    }

    @Test
    void aWorkerThatIsMissingIsAskedForAtOnceAndComesAfterItsStart() {
        var rollout = rollout(Economics.of("slurm"), slots(new double[0], 305), chain(10));
        rollout.play(new int[] {1});
        assertThat(rollout.launches()).containsExactly(1);
        assertThat(rollout.completion()).isCloseTo(305 + 10, within(0.5));
        assertThat(rollout.cost()).isEqualTo(10 + 5 + 10);
    }

    @Test
    void inAScenarioStartsTakeAsLongAsTheyAreDrawnAndOnAverageLongerThanTheMedian() {
        var rollout = rollout(Economics.of("slurm"), slots(new double[0], 305), chain(10));
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double sum = 0;
        for (int s = 0; s < Scenarios.COUNT; s++) {
            rollout.play(new int[] {1});
            rollout.play(new int[] {1}, s);
            assertThat(rollout.cost()).isEqualTo(10 + 5 + 10);
            least = Math.min(least, rollout.completion());
            most = Math.max(most, rollout.completion());
            sum += rollout.completion();
        }
        assertThat(least).isLessThan(200);
        assertThat(most).isGreaterThan(700);
        assertThat(sum / Scenarios.COUNT).isGreaterThan(330);
    }

    @Test
    void everyThingIsDrawnOnceFromEachPartOfItsDistribution() {
        for (int thing = 0; thing < 100; thing++) {
            var parts = new TreeSet<Double>();
            for (int s = 0; s < Scenarios.COUNT; s++) {
                parts.add(Scenarios.stratum(thing, s));
            }
            assertThat(parts).hasSize(Scenarios.COUNT).allMatch(u -> u > 0 && u < 1);
        }
    }

    @Test
    void aTaskWithAnUnknownPoolOrParentIsRefusedByName() {
        var pools = List.of(new PoolSpec("a", new Bounds(0, 4), 1, 1));
        assertThatThrownBy(() -> graph(pools, new GraphTask("t", "b", List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown pool 'b'");
        assertThatThrownBy(() -> graph(pools, new GraphTask("t", "a", List.of("s"))))
                .hasMessageContaining("unknown parent 's'");
    }

    @Property(tries = 40)
    void everyGraphEndsWithinItsBoundsAndEveryDecisionHasAReason(
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed,
            @ForAll @IntRange(min = 0, max = 2) int provider) {
        var random = new Random(seed);
        var trace = randomGraph(random);
        var model =
                List.of(ProviderModel.LOCAL, ProviderModel.FARGATE, ProviderModel.SLURM)
                        .get(provider);
        var bounds = new Bounds(random.nextInt(2), 2 + random.nextInt(8));
        var scaling = scaling(trace, model, bounds, BALANCE);
        Outcome outcome = simulate(trace, model, bounds, scaling, seed);
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.makespan()).isGreaterThanOrEqualTo(longestTask(trace));
    }

    @Property(tries = 10)
    void aStreamIsServedAndItsPoolEndsEmpty(@ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        var random = new Random(seed);
        var tasks = new ArrayList<TraceTask>();
        double at = 0;
        for (int i = 0; i < 150; i++) {
            at += -Math.log(1 - random.nextDouble()) * 5;
            tasks.add(new TraceTask(i, "serve", at, List.of(), 1 + random.nextDouble() * 20, 1));
        }
        var trace = new Trace("stream", false, tasks);
        var bounds = new Bounds(0, 32);
        var scaling = scaling(trace, ProviderModel.FARGATE, bounds, BALANCE);
        assertThat(simulate(trace, ProviderModel.FARGATE, bounds, scaling, seed).finished())
                .isTrue();
    }

    @Test
    void timeCostsMoreAndTakesLessThanCost() {
        var tasks = new ArrayList<TraceTask>();
        for (int i = 0; i < 200; i++) {
            tasks.add(new TraceTask(i, "fit", 0, List.of(), 20 + i % 7, 1));
        }
        var trace = new Trace("flat", true, tasks);
        var bounds = new Bounds(0, 32);
        var results = new HashMap<Double, Outcome>();
        for (double weight : List.of(0.15, 0.5, 0.85)) {
            var scaling = scaling(trace, ProviderModel.FARGATE, bounds, new Goal(weight, null, 0));
            results.put(weight, simulate(trace, ProviderModel.FARGATE, bounds, scaling, 1));
        }
        assertThat(results.get(0.15).cost()).isLessThanOrEqualTo(results.get(0.85).cost());
        assertThat(results.get(0.85).makespan()).isLessThanOrEqualTo(results.get(0.15).makespan());
    }

    private static Outcome simulate(
            Trace trace,
            ProviderModel model,
            Bounds bounds,
            Function<PoolDemand, List<PoolTarget>> scaling,
            long seed) {
        return new Simulation(
                        trace,
                        model,
                        demand -> {
                            Map<String, Integer> desired = new HashMap<>();
                            for (PoolTarget target : scaling.apply(demand)) {
                                assertThat(target.reason()).isNotBlank();
                                assertThat(target.constraint()).isNotBlank();
                                assertThat(target.desired())
                                        .isBetween(bounds.minimum(), bounds.maximum());
                                desired.put(target.pool(), target.desired());
                            }
                            return desired;
                        },
                        INTERVAL,
                        seed)
                .run();
    }

    private static Function<PoolDemand, List<PoolTarget>> scaling(
            Trace trace, ProviderModel model, Bounds bounds, Goal goal) {
        var estimator = new WorkEstimator(model.economics());
        var pools = new ArrayList<PoolSpec>();
        trace.prices().forEach((name, price) -> pools.add(new PoolSpec(name, bounds, price, 1)));
        PoolScaling scaling =
                trace.graph()
                        ? GraphScaler.ofTasks(pools, tasks(trace), estimator, goal, INTERVAL)
                        : new FlowScaler(pools, estimator, goal, INTERVAL);
        return demand -> {
            estimator.observe(demand);
            return scaling.decide(demand);
        };
    }

    private static List<GraphTask> tasks(Trace trace) {
        return trace.tasks().stream()
                .map(
                        t ->
                                new GraphTask(
                                        String.valueOf(t.id()),
                                        t.pool(),
                                        t.parents().stream().map(String::valueOf).toList()))
                .toList();
    }

    private static GraphScaler graph(List<PoolSpec> pools, GraphTask task) {
        var estimator = new WorkEstimator(Economics.of("local"));
        return GraphScaler.ofTasks(pools, List.of(task), estimator, BALANCE, INTERVAL);
    }

    private static Trace randomGraph(Random random) {
        int n = 1 + random.nextInt(60);
        var tasks = new ArrayList<TraceTask>();
        for (int i = 0; i < n; i++) {
            var parents = new ArrayList<Integer>();
            for (int k = 0; i > 0 && k < random.nextInt(3); k++) {
                int parent = random.nextInt(i);
                if (!parents.contains(parent)) {
                    parents.add(parent);
                }
            }
            double seconds = Math.exp(random.nextGaussian() * 1.5 + 2);
            tasks.add(new TraceTask(i, "p" + random.nextInt(4), 0, parents, seconds, 1));
        }
        return new Trace("random", true, tasks);
    }

    private static double longestTask(Trace trace) {
        return trace.tasks().stream().mapToDouble(TraceTask::runtime).max().orElse(0);
    }

    private static PoolSlots slots(double[] free, double lead) {
        double[][] draws = new double[Scenarios.COUNT][];
        Arrays.fill(draws, free);
        return new PoolSlots(1, 1, free, draws, lead);
    }

    private static Rollout rollout(Economics economics, PoolSlots poolSlots, Work work) {
        var delay = new LogNormal(economics.startSeconds(), economics.startSigma());
        return new Rollout(economics, delay, new PoolSlots[] {poolSlots}, work);
    }

    /** Tasks of one pool that follow one another. */
    private static Work chain(double... seconds) {
        int n = seconds.length;
        int[][] children = new int[n][];
        int[] waitsFor = new int[n];
        double[][] draws = new double[Scenarios.COUNT][];
        Arrays.fill(draws, seconds);
        for (int i = 0; i < n; i++) {
            children[i] = i + 1 < n ? new int[] {i + 1} : new int[0];
            waitsFor[i] = i == 0 ? 0 : 1;
        }
        return new Work(new int[n], seconds, new boolean[n], waitsFor, children, draws);
    }
}
