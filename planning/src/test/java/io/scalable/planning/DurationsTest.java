package io.scalable.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scalable.planning.estimate.DurationEstimate;
import io.scalable.planning.estimate.Durations;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private static final Offset<Double> EXACT = within(1e-9);

    private final Durations durations = new Durations();

    @Test
    void completionsGiveMeanAndQuantiles() {
        completed(10, 20, 30, 40, 50);
        DurationEstimate estimate = durations.estimate(new double[0]);
        assertThat(estimate.mean()).isCloseTo(30, EXACT);
        assertThat(estimate.p50()).isEqualTo(30);
        assertThat(estimate.p95()).isEqualTo(50);
        assertThat(estimate.samples()).isEqualTo(5);
        assertThat(estimate.source()).isEqualTo(DurationEstimate.Source.OBSERVED);
    }

    @Test
    void tasksThatHaveOutlivedAllCompletionsRaiseTheEstimate() {
        completed(1, 1, 1, 1, 1);
        DurationEstimate estimate = durations.estimate(new double[] {60, 60, 60, 60, 60});
        assertThat(estimate.mean()).isCloseTo(0.5 * 1 + 0.5 * 90, EXACT);
        assertThat(estimate.p95()).isEqualTo(90);
    }

    @Test
    void tasksThatHaveJustBegunSayNothing() {
        completed(10, 20);
        assertThat(durations.estimate(new double[] {0.1, 0.2}).mean()).isCloseTo(15, EXACT);
    }

    @Test
    void oldCompletionsAreForgotten() {
        for (int i = 0; i < 200; i++) {
            durations.add(1000);
        }
        for (int i = 0; i < 200; i++) {
            durations.add(1);
        }
        assertThat(durations.estimate(new double[0]).mean()).isCloseTo(1, EXACT);
    }

    @Test
    void aRunningTaskIsExpectedToEndLikeThoseThatTookLonger() {
        completed(10, 20, 30);
        assertThat(durations.residual(15)).isCloseTo(10, EXACT);
        assertThat(durations.residual(40)).isCloseTo(20, EXACT);
    }

    private void completed(double... seconds) {
        for (double s : seconds) {
            durations.add(s);
        }
    }
}
