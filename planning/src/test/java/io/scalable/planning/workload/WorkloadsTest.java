package io.scalable.planning.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scalable.contracts.deployment.Bounds;
import io.scalable.planning.lookahead.Decider;
import io.scalable.planning.lookahead.Goal;
import io.scalable.planning.lookahead.GraphTask;
import io.scalable.planning.lookahead.PoolSpec;
import io.scalable.planning.simulation.Baseline;
import io.scalable.planning.simulation.Outcome;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.Scaler;
import io.scalable.planning.simulation.Simulation;
import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TraceTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadsTest {

    private static final double INTERVAL = 2;

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameWorkloadAndParentsComeFirst(WorkloadFamily family) {
        Trace trace = family.draw(7);
        assertThat(family.draw(7)).isEqualTo(trace);
        assertThat(family.draw(8)).isNotEqualTo(trace);
        assertThat(trace.tasks()).isNotEmpty();
        for (TraceTask task : trace.tasks()) {
            assertThat(task.parents()).allMatch(p -> p < task.id());
            assertThat(task.runtime()).isPositive();
        }
        assertThat(trace.tasks().stream().map(TraceTask::submit).toList()).isSorted();
    }

    @Test
    void perfectKnowledgeOfAChainIsOneWorkerThatWorksWithoutPause() {
        var chain =
                new Trace(
                        "chain",
                        true,
                        List.of(
                                new TraceTask(0, "a", 0, List.of(), 100, 1),
                                new TraceTask(1, "a", 0, List.of(0), 50, 1)));
        Clairvoyant.Point best = Clairvoyant.balance(chain, ProviderModel.SLURM);
        assertThat(best.seconds()).isCloseTo(305 + 150, within(1e-6));
        assertThat(best.cost()).isCloseTo(150 + 5 + 10, within(1e-6));
    }

    /** Over many workloads only: on a single one either may be lucky. */
    @Test
    void decisionsAreBetterThanAWorkerPerTaskOnGraphsOfEveryFamily() {
        double own = 0;
        double plain = 0;
        int runs = 0;
        for (WorkloadFamily family : WorkloadFamily.values()) {
            for (int seed = 11; family.isGraph() && seed <= 12; seed++) {
                Trace trace = family.draw(seed);
                for (ProviderModel model : List.of(ProviderModel.LOCAL, ProviderModel.FARGATE)) {
                    Clairvoyant.Point best = Clairvoyant.balance(trace, model);
                    own += regret(best, trace, model, scalable(trace, model));
                    plain += regret(best, trace, model, Baseline.workerPerTask());
                    runs++;
                }
            }
        }
        assertThat(own / runs).isLessThan(plain / runs - 0.03);
    }

    private static double regret(
            Clairvoyant.Point best, Trace trace, ProviderModel model, Scaler scaler) {
        Outcome outcome = new Simulation(trace, model, scaler, INTERVAL, 1).run();
        assertThat(outcome.finished()).isTrue();
        return Math.log(best.regret(outcome, trace.graph()));
    }

    private static Scaler scalable(Trace trace, ProviderModel model) {
        List<PoolSpec> pools =
                trace.pools().keySet().stream()
                        .map(p -> new PoolSpec(p, new Bounds(0, model.maximum()), 1, 1))
                        .toList();
        List<GraphTask> tasks =
                trace.tasks().stream()
                        .map(
                                t ->
                                        new GraphTask(
                                                t.name(),
                                                t.pool(),
                                                Stream.of(t.parents().toArray())
                                                        .map(String::valueOf)
                                                        .toList()))
                        .toList();
        var goal = new Goal(0.5, null, 0);
        var decider = Decider.ofGraph(pools, tasks, model.economics(), goal, INTERVAL);
        return demand -> {
            var desired = new LinkedHashMap<String, Integer>();
            decider.decide(demand).forEach(t -> desired.put(t.pool(), t.desired()));
            return desired;
        };
    }
}
