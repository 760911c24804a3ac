package io.scalable.planning.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.planning.DeploymentPlanner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTest {

    /** From a line's being written to the planner's hearing of it. */
    private static final Duration LATENCY = Duration.ofMillis(7);

    private static final Instant ASKED = Instant.EPOCH.plusMillis(31_500);

    private final List<PoolDemand> lines = new ArrayList<>();
    private final List<ScalePlan> decisions = new ArrayList<>();
    private final ScaleRequested request =
            new ScaleRequested("run", "b", ScaleRequested.Mode.EXACT, 3, "a wish", ASKED);
    private DeploymentSpec spec;

    @BeforeEach
    void record() {
        var tasks = new ArrayList<TraceTask>();
        for (int i = 0; i < 60; i++) {
            String pool = i < 40 ? "a" : "b";
            List<Integer> parents = i < 40 ? List.of() : List.of(i - 40, i - 20);
            tasks.add(new TraceTask(i, pool, i < 40 ? i * 2.0 : 0, parents, 10 + i % 7, 1));
        }
        var trace = new Trace("run", false, tasks);
        spec =
                SimulatedDeployment.of(
                        trace, ProviderModel.LOCAL, Objective.BALANCE, Policy.AGGRESSIVE, null);
        var planner = new DeploymentPlanner(spec);
        Scaler recording = demand -> decide(planner, demand);
        new Simulation(trace, ProviderModel.LOCAL, recording, 2, 1).run();
    }

    /** As a planner service does it: late, and told of a request in between. */
    private Map<String, Integer> decide(DeploymentPlanner planner, PoolDemand demand) {
        Instant now = demand.at().plus(LATENCY);
        planner.begin(now).ifPresent(decisions::add);
        if (demand.at().isAfter(ASKED) && lines.getLast().at().isBefore(ASKED)) {
            planner.request(request, ASKED.plus(LATENCY)).ifPresent(decisions::add);
        }
        planner.observe(demand, now).ifPresent(decisions::add);
        lines.add(demand);
        var desired = new LinkedHashMap<String, Integer>();
        for (PoolPlan pool : planner.lastPlan().orElseThrow().pools()) {
            desired.put(pool.component(), pool.desired());
        }
        return desired;
    }

    @Test
    void aRunsDecisionsComeOutAgain() {
        ReplayOutcome outcome = replay(lines, List.of(request), decisions, null);

        assertThat(outcome.firstDifference()).isNull();
        assertThat(outcome.exact()).isTrue();
        assertThat(outcome.reproduced()).isEqualTo(decisions.size()).isGreaterThan(5);
        assertThat(outcome.recorded()).isEqualTo(decisions.size());
    }

    @Test
    void aDecisionThatIsNotTheSameIsTheFirstDifference() {
        ScalePlan third = decisions.get(2);
        decisions.set(2, with(third, third.desired("a") + 1));

        ReplayOutcome outcome = replay(lines, List.of(request), decisions, null);

        assertThat(outcome.reproduced()).isEqualTo(decisions.size() - 1);
        assertThat(outcome.firstDifference())
                .isEqualTo(new ReplayOutcome.Difference(3, decisions.get(2), third));
    }

    @Test
    void withoutTheRequestOtherDecisionsComeOut() {
        ReplayOutcome outcome = replay(lines, List.of(), decisions, null);

        assertThat(outcome.exact()).isFalse();
        ScalePlan then = outcome.firstDifference().recorded();
        assertThat(then.at()).isAfterOrEqualTo(ASKED);
        assertThat(then.desired("b")).isEqualTo(3);
    }

    @Test
    void aDecisionTooManyIsADifferenceUnlessTheRunWasJustEnding() {
        ScalePlan last = decisions.removeLast();
        List<PoolDemand> soon = lines.stream().filter(l -> l.at().isBefore(last.at())).toList();

        assertThat(replay(soon, List.of(request), decisions, null).exact()).isTrue();
        assertThat(replay(lines, List.of(request), decisions, last.at()).exact()).isTrue();
        ReplayOutcome early = replay(lines, List.of(request), decisions, last.at().plusSeconds(5));
        assertThat(early.firstDifference().recorded()).isNull();
        assertThat(early.firstDifference().generation()).isEqualTo(last.generation());
    }

    private ReplayOutcome replay(
            List<PoolDemand> told,
            List<ScaleRequested> requests,
            List<ScalePlan> plans,
            @Nullable Instant end) {
        return Replay.of(new DeploymentPlanner(spec), told, requests, plans, List.of(), end);
    }

    private static ScalePlan with(ScalePlan plan, int workers) {
        List<PoolPlan> pools =
                plan.pools().stream()
                        .map(
                                p ->
                                        p.component().equals("a")
                                                ? new PoolPlan("a", workers, "changed", "tasks")
                                                : p)
                        .toList();
        return plan.withPools(pools);
    }
}
