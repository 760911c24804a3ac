package io.scalable.planning;

import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scalable.contracts.deployment.Evidence;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import io.scalable.planning.estimate.DurationEstimate;
import io.scalable.planning.estimate.DurationEstimate.Source;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.testkit.ADeployment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkEstimatorTest {

    private final WorkEstimator estimator =
            new WorkEstimator(
                    aDeployment()
                            .pool("fit", 0, 4)
                            .pool("plot", 0, 4)
                            .tasks("fit", "fit", 5, 90.0)
                            .tasks("plot", "plot", 5, null)
                            .build());

    @Test
    void aHintIsTheMedianWithAStatedSpread() {
        DurationEstimate fit = estimator.duration("fit", "fit");
        assertThat(fit.p50()).isEqualTo(90);
        assertThat(fit.p95()).isCloseTo(90 * Math.exp(1.6449 * 0.4), within(0.01));
        assertThat(fit.source()).isEqualTo(Source.EXPECT);
    }

    @Test
    void withoutAnythingThePriorHolds() {
        DurationEstimate plot = estimator.duration("plot", "plot");
        assertThat(plot.p50()).isEqualTo(10);
        assertThat(plot.source()).isEqualTo(Source.PRIOR);
        assertThat(plot.confidence()).isLessThan(estimator.duration("fit", "fit").confidence());
    }

    @Test
    void aHintThatComesWithSubmittedTasksIsUsedUnlessTheManifestHasOne() {
        estimator.observe(submitted("plot", 3.0));
        estimator.observe(submitted("fit", 3.0));

        assertThat(estimator.duration("plot", "plot").p50()).isEqualTo(3);
        assertThat(estimator.duration("plot", "plot").source()).isEqualTo(Source.EXPECT);
        assertThat(estimator.duration("fit", "fit").p50()).isEqualTo(90);
    }

    private static PoolDemand submitted(String name, double expectedSeconds) {
        var counts = new TaskCounts(name, 0, 4, 0, 0, 0, 0, 0, expectedSeconds);
        var pool =
                new PoolObservation(
                        name,
                        4,
                        0,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(counts));
        return new PoolDemand(
                "run-1",
                Demand.after(1).line().at(),
                "observe",
                1,
                List.of(pool),
                List.of(),
                List.of());
    }

    @Test
    void whatWasLearnedIsKnownAgain() {
        estimator.observe(
                Demand.after(9).pool("fit", 0, 0, 0, 1, 0, 2, List.of(3.0, 5.0), List.of()).line());
        var other = new WorkEstimator(aDeployment().pool("fit", 0, 4).build());

        other.recall(estimator.remember("run-1", Demand.after(9).line().at()));

        assertThat(other.duration("fit", "fit")).isEqualTo(estimator.duration("fit", "fit"));
        assertThat(other.learned()).as("it is no news").isZero();
    }

    @Test
    void completionsReplaceTheHint() {
        estimator.observe(
                Demand.after(9).pool("fit", 0, 0, 0, 1, 0, 2, List.of(3.0, 5.0), List.of()).line());
        DurationEstimate fit = estimator.duration("fit", "fit");
        assertThat(fit.mean()).isEqualTo(4);
        assertThat(fit.samples()).isEqualTo(2);
        assertThat(fit.source()).isEqualTo(Source.OBSERVED);
    }

    @Test
    void aTaskThatRunsOnAndOnStretchesThePrior() {
        var old = Demand.after(1000).line();
        var pool =
                new PoolObservation(
                        "plot",
                        0,
                        0,
                        1,
                        0,
                        List.of(500.0),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new PoolObservation.TaskCounts("plot", 0, 0, 0, 1, 0, 0, 0)));
        estimator.observe(
                new PoolDemand(
                        "run-1", old.at(), "observe", 1000, List.of(pool), List.of(), List.of()));
        assertThat(estimator.duration("plot", "plot").p95()).isCloseTo(1000, within(0.1));
    }

    @Test
    void startDelaysAreLearned() {
        assertThat(estimator.startDelaySeconds()).isCloseTo(1, within(1e-6));
        for (int i = 0; i < 6; i++) {
            estimator.observe(
                    Demand.after(i).pool("fit", 0, 0, 0, 1, 0, 0, List.of(), List.of(8.0)).line());
        }
        assertThat(estimator.startDelaySeconds()).isEqualTo(8);
    }

    @Test
    void theDeploymentBringsWhatEarlierRunsTell() {
        var earlier =
                new Evidence(
                        Map.of("fit", List.of(3.0, 3.0, 3.0)),
                        Collections.nCopies(20, 6.0),
                        List.of(0.5));
        var spec = ADeployment.aDeployment().pool("fit", 0, 4).tasks("fit", "fit", 9, 60.0).build();
        var informed = new WorkEstimator(spec.withEvidence(earlier));
        assertThat(informed.duration("fit", "fit").p50()).isEqualTo(3);
        assertThat(informed.duration("fit", "fit").source()).isEqualTo(Source.OBSERVED);
        assertThat(informed.startDelaySeconds()).isEqualTo(6);
        assertThat(informed.turnaroundSeconds()).isEqualTo(0.5);
    }
}
