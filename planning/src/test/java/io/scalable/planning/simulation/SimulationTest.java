package io.scalable.planning.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.planning.DeploymentPlanner;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.simulation.ProviderModel.BilledStart;
import io.scalable.planning.simulation.ProviderModel.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void oneWorkerRunsTwoTasksOneAfterTheOther() {
        Outcome outcome =
                run(stream(task(0, 0, 4), task(1, 0, 6)), provider(0, 0, NEVER), fixed(1));

        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.makespan()).isEqualTo(20);
        assertThat(outcome.cost()).isEqualTo(20);
        assertThat(outcome.workerSeconds()).isEqualTo(20);
        assertThat(outcome.coreHours()).isCloseTo(20 / 3600.0, within(1e-9));
        assertThat(outcome.meanResponse()).isEqualTo((14 + 20) / 2.0);
        assertThat(outcome.waitP50()).isEqualTo(14);
        assertThat(outcome.starts()).isEqualTo(1);
        assertThat(outcome.actions()).isEqualTo(1);
        assertThat(outcome.wasted()).isZero();
    }

    @Test
    void aTaskOfAnotherPoolWaitsForItsParent() {
        var trace =
                new Trace(
                        "two",
                        true,
                        List.of(
                                new TraceTask(0, "a", 0, List.of(), 5, 1),
                                new TraceTask(1, "b", 0, List.of(0), 7, 1)));

        Outcome outcome = run(trace, provider(0, 0, NEVER), fixed(1));

        assertThat(outcome.makespan()).isEqualTo(10 + 5 + 7);
        assertThat(outcome.workerSeconds()).isEqualTo(2 * 22);
    }

    @Test
    void aCancelledStartCostsItsFeeAndIsWasted() {
        Outcome outcome =
                run(
                        stream(task(0, 0, 4)),
                        provider(3, 0, NEVER),
                        d -> Map.of("p", d.nowSeconds() < 2 ? 3 : 1));

        assertThat(outcome.makespan()).isEqualTo(14);
        assertThat(outcome.cost()).isEqualTo(3 * 3 + 14 + 2 * 2);
        assertThat(outcome.wasted()).isEqualTo(2);
        assertThat(outcome.actions()).isEqualTo(2);
    }

    @Test
    void aShortLifeIsBilledTheMinimum() {
        Outcome outcome = run(stream(task(0, 0, 4)), provider(0, 60, NEVER), fixed(1));

        assertThat(outcome.cost()).isEqualTo(60);
    }

    @Test
    void aTaskBeginsAgainWhenItsWorkersTimeIsUp() {
        var shown = new ArrayList<Integer>();
        Outcome outcome =
                run(
                        stream(task(0, 0, 12), task(1, 0, 12)),
                        provider(0, 0, 20),
                        d -> {
                            shown.add(d.pools().getFirst().ready());
                            return Map.of("p", 1);
                        });

        // Up at 10, first task until 22, second from 22; gone at 30; next up at 40 (asked at 30).
        assertThat(outcome.makespan()).isEqualTo(40 + 12);
        assertThat(outcome.starts()).isEqualTo(2);
        assertThat(shown).last().isEqualTo(0);
    }

    @Test
    void theWorkerThatIsIdleForTheShortestTimeComesFirst() {
        var idle = new ArrayList<List<IdleWorker>>();
        run(
                stream(task(0, 0, 4), task(1, 0, 8), task(2, 20, 5), task(3, 40, 1)),
                provider(0, 0, NEVER),
                d -> {
                    idle.add(d.pools().getFirst().idle());
                    return Map.of("p", 2);
                });

        // At 22 only the one that ended its task first, at 14, is still idle.
        assertThat(idle.get(22)).extracting(IdleWorker::idleSeconds).containsExactly(8.0);
        assertThat(idle.get(22)).extracting(IdleWorker::billedSeconds).containsExactly(22.0);
    }

    @Test
    void theProvidersMaximumCaps() {
        Outcome outcome =
                run(stream(task(0, 0, 1), task(1, 0, 1)), provider(0, 0, NEVER), fixed(99));

        assertThat(outcome.starts()).isEqualTo(4);
    }

    @Test
    void theCommonMaximumCapsAndStillLetsAllPoolsFinish() {
        var tasks =
                List.of(
                        new TraceTask(0, "a", 0, List.of(), 5, 1),
                        new TraceTask(1, "b", 0, List.of(0), 7, 1));
        var pool = new TracePool(1, 1, 1, 9);
        var trace = new Trace("capped", true, tasks, Map.of("a", pool, "b", pool), 1);
        Scaler three = Baseline.fixed(3, trace);
        var simulation = new Simulation(trace, provider(0, 0, NEVER), three, 1, 1);

        assertThat(simulation.run().finished()).isTrue();
        assertThat(simulation.samples()).allMatch(s -> s.ready() + s.starting() <= 1);
    }

    @Test
    void aFixedCountIsNeverAboveThePoolsTasks() {
        Trace trace = stream(task(0, 0, 4), task(1, 0, 6));

        Outcome outcome = run(trace, provider(0, 0, NEVER), Baseline.fixed(3, trace));

        assertThat(outcome.starts()).isEqualTo(2);
        assertThat(outcome.makespan()).isEqualTo(16);
    }

    @Test
    void whatDecisionsChangedIsKept() {
        Trace trace = stream(task(0, 0, 4), task(1, 50, 4));
        var simulation =
                new Simulation(trace, provider(0, 0, NEVER), Baseline.workerPerTask(), 1, 1);

        assertThat(simulation.run().finished()).isTrue();
        assertThat(simulation.changes())
                .containsExactly(
                        new Change(0, "p", 0, 1),
                        new Change(14, "p", 1, 0),
                        new Change(50, "p", 0, 1));
    }

    @Test
    void aWorkerWithTwoSlotsRunsTwoTasksAtATime() {
        var pool = new TracePool(2, 4, 2, 9);
        var tasks = List.of(task(0, 0, 5), task(1, 0, 5), task(2, 0, 5));
        Outcome outcome =
                run(
                        new Trace("slots", false, tasks, Map.of("p", pool), null),
                        provider(0, 0, NEVER),
                        fixed(1));

        assertThat(outcome.makespan()).isEqualTo(20);
        assertThat(outcome.cost()).isEqualTo(40);
        assertThat(outcome.coreHours()).isCloseTo(80 / 3600.0, within(1e-9));
    }

    @Test
    void aBusyWorkerLeavesAfterItsTaskOnlyWhereTheScalerDrains() {
        Trace trace = stream(task(0, 0, 5), task(1, 0, 5), task(2, 0, 5), task(3, 0, 5));
        assertThat(run(trace, provider(0, 0, NEVER), shrinking(false)).makespan()).isEqualTo(20);
        assertThat(run(trace, provider(0, 0, NEVER), shrinking(true)).makespan()).isEqualTo(25);
    }

    @Test
    void growingSoonAfterShrinkingIsAFlap() {
        Outcome outcome =
                run(
                        stream(task(0, 0, 4), task(1, 50, 4)),
                        provider(0, 0, NEVER),
                        Baseline.workerPerTask());

        assertThat(outcome.flaps()).isEqualTo(1);
        assertThat(outcome.starts()).isEqualTo(2);
        assertThat(outcome.actions()).isEqualTo(3);
    }

    @Test
    void whatNeverEndsIsGivenUp() {
        Outcome outcome = run(stream(task(0, 0, 4)), provider(0, 0, NEVER), fixed(0));

        assertThat(outcome.finished()).isFalse();
    }

    @Test
    void theSeedDecidesTheStartDelays() {
        Trace trace = stream(task(0, 0, 4), task(1, 30, 4));

        assertThat(simulate(trace, 7)).isEqualTo(simulate(trace, 7));
        assertThat(simulate(trace, 7)).isNotEqualTo(simulate(trace, 8));
    }

    @Test
    void thePlannerItselfFinishesAGraph() {
        var tasks = new ArrayList<TraceTask>();
        for (int i = 0; i < 20; i++) {
            List<Integer> parents = i < 15 ? List.of() : List.of(i - 15, i - 10);
            tasks.add(
                    new TraceTask(
                            i,
                            String.valueOf(i),
                            String.valueOf(i),
                            i < 15 ? "a" : "b",
                            0,
                            parents,
                            20 + i,
                            1));
        }
        var trace = new Trace("graph", true, tasks);

        assertThat(simulate(trace, 1).finished()).isTrue();
    }

    private static Outcome simulate(Trace trace, long seed) {
        var spec =
                SimulatedDeployment.of(
                        trace, ProviderModel.LOCAL, Objective.BALANCE, Policy.AGGRESSIVE, null);
        var scaler = new PlannedScaler(new DeploymentPlanner(spec), false);
        return new Simulation(trace, ProviderModel.LOCAL, scaler, 2, seed).run();
    }

    private static Scaler shrinking(boolean drains) {
        return new Scaler() {
            @Override
            public Map<String, Integer> decide(PoolDemand demand) {
                return Map.of("p", demand.nowSeconds() < 12 ? 2 : 1);
            }

            @Override
            public boolean drainsBusy() {
                return drains;
            }
        };
    }

    private static Scaler fixed(int workers) {
        return demand ->
                demand.pools().stream()
                        .collect(Collectors.toMap(PoolObservation::pool, _ -> workers));
    }

    private static Outcome run(Trace trace, ProviderModel provider, Scaler scaler) {
        return new Simulation(trace, provider, scaler, 1, 1).run();
    }

    private static Trace stream(TraceTask... tasks) {
        return new Trace("stream", false, List.of(tasks));
    }

    private static TraceTask task(int id, double submit, double runtime) {
        return new TraceTask(id, "p", submit, List.of(), runtime, 1);
    }

    /** Starts take ten seconds, all of them paid; at most four workers. */
    private static ProviderModel provider(double fee, double minimum, double walltime) {
        return new ProviderModel(
                "test",
                new Economics(10, 0, 10, minimum, 1, fee, walltime),
                new Start.Uniform(10, 10),
                new BilledStart.Share(1),
                4);
    }
}
