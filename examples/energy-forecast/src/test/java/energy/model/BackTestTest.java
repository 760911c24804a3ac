package energy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackTestTest {

    private static final double[] VALUES = {10, 12, 14, 16, 18, 20};

    private static final Forecaster NAIVE =
            (history, steps) -> {
                var same = new double[steps];
                Arrays.fill(same, history[history.length - 1]);
                return same;
            };

    @Test
    void theForecasterSeesNothingAfterTheOrigin() {
        var seen = new ArrayList<List<Double>>();

        var scores =
                BackTest.run(
                        VALUES,
                        3,
                        List.of(1, 2),
                        (history, steps) -> {
                            seen.add(Arrays.stream(history).boxed().toList());
                            return NAIVE.forecast(history, steps);
                        });

        assertThat(scores).isNotEmpty();
        assertThat(seen)
                .containsExactly(
                        List.of(10.0, 12.0, 14.0),
                        List.of(10.0, 12.0, 14.0, 16.0),
                        List.of(10.0, 12.0, 14.0, 16.0, 18.0));
    }

    @Test
    void errorsAreCountedByHorizon() {
        var scores = BackTest.run(VALUES, 3, List.of(1, 3), NAIVE);

        assertThat(scores).extracting(Score::horizon).containsExactly(1, 3);
        assertThat(scores).extracting(Score::origins).containsExactly(3, 1);
        assertThat(scores).extracting(Score::mae).containsExactly(2.0, 6.0);
        assertThat(scores).extracting(Score::mase).containsExactly(1.0, 3.0);
        assertThat(scores.getLast().smape()).isCloseTo(100 * 6 / 17.0, within(1e-9));
    }

    @Test
    void aHorizonThatNothingCanCheckIsLeftOut() {
        assertThat(BackTest.run(VALUES, 3, List.of(1, 4), NAIVE))
                .extracting(Score::horizon)
                .containsExactly(1);
    }
}
