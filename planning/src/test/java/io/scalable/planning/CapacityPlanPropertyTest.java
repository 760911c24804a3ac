package io.scalable.planning;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.planning.estimate.WorkEstimator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What every plan holds to; all plans are made on the same scenarios. */
class CapacityPlanPropertyTest {

    @Property(tries = 100)
    void moreOrLongerTasksNeverMeanFewerWorkers(
            @ForAll @IntRange(min = 1, max = 120) int tasks,
            @ForAll @IntRange(min = 0, max = 100) int more,
            @ForAll @DoubleRange(min = 1, max = 100) double seconds,
            @ForAll @DoubleRange(min = 1, max = 3) double longer,
            @ForAll @DoubleRange(min = 30, max = 3000) double walltime) {
        for (Objective o : new Objective[] {Objective.MINIMIZE_COST, Objective.MINIMIZE_TIME}) {
            int before = workers(plan(o, tasks, seconds, walltime));
            assertThat(workers(plan(o, tasks + more, seconds, walltime)))
                    .isGreaterThanOrEqualTo(before);
            assertThat(workers(plan(o, tasks, seconds * longer, walltime)))
                    .isGreaterThanOrEqualTo(before);
        }
    }

    @Property(tries = 100)
    void aLongerWalltimeNeverMeansMoreWorkers(
            @ForAll @IntRange(min = 1, max = 120) int tasks,
            @ForAll @DoubleRange(min = 1, max = 100) double seconds,
            @ForAll @DoubleRange(min = 30, max = 3000) double walltime,
            @ForAll @DoubleRange(min = 1, max = 5) double longer) {
        CapacityPlan tight = plan(Objective.MINIMIZE_COST, tasks, seconds, walltime);
        CapacityPlan loose = plan(Objective.MINIMIZE_COST, tasks, seconds, walltime * longer);
        assertThat(workers(loose)).isLessThanOrEqualTo(workers(tight));
    }

    @Property(tries = 100)
    void objectivesAreOrderedAndEveryDecisionHasAReason(
            @ForAll @IntRange(min = 1, max = 120) int tasks,
            @ForAll @DoubleRange(min = 1, max = 100) double seconds,
            @ForAll @DoubleRange(min = 30, max = 3000) double walltime) {
        CapacityPlan cheap = plan(Objective.MINIMIZE_COST, tasks, seconds, walltime);
        CapacityPlan between = plan(Objective.BALANCE, tasks, seconds, walltime);
        CapacityPlan fast = plan(Objective.MINIMIZE_TIME, tasks, seconds, walltime);
        assertThat(cheap.cost().coreHours()).isLessThanOrEqualTo(between.cost().coreHours());
        assertThat(between.cost().coreHours()).isLessThanOrEqualTo(fast.cost().coreHours());
        assertThat(decided(fast)).isLessThanOrEqualTo(decided(between));
        assertThat(decided(between)).isLessThanOrEqualTo(decided(cheap));
        for (CapacityPlan plan : new CapacityPlan[] {cheap, between, fast}) {
            assertThat(workers(plan)).isBetween(1, Math.min(64, tasks));
            assertThat(plan.decisions())
                    .allSatisfy(d -> assertThat(d.reason() + d.bindingConstraint()).isNotBlank());
        }
    }

    /** The completion that the choice was made by. */
    private static double decided(CapacityPlan plan) {
        return plan.pareto().stream()
                .filter(p -> p.workers().equals(plan.workers()))
                .findFirst()
                .orElseThrow()
                .completionSeconds();
    }

    private static int workers(CapacityPlan plan) {
        return plan.workers().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static CapacityPlan plan(Objective o, int tasks, double seconds, double walltime) {
        var spec =
                aDeployment()
                        .pool("a", 0, 64)
                        .tasks("t", "a", tasks, seconds)
                        .objective(o)
                        .policy(Policy.SAFE)
                        .deadline(walltime)
                        .build();
        return new CapacityPlanner().capacity(spec, new WorkEstimator(spec), START);
    }
}
