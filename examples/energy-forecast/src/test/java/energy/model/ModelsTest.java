package energy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {

    static final List<String> NAMES = Model.NAMES;

    private static final Offset<Double> CLOSE = within(1e-6);

    @ParameterizedTest
    @ValueSource(strings = {"drift", "trend"})
    void aStraightLineGoesOn(String model) {
        var fitted = Model.named(model).fit(series(12, t -> 5 + 2 * t));

        assertThat(fitted.forecast(3)).containsExactly(new double[] {29, 31, 33}, CLOSE);
        assertThat(fitted.residuals()).containsOnly(new double[] {0}, CLOSE);
    }

    @Test
    void driftIsTheMeanStepWhenNothingIsForgotten() {
        var filter = new DriftFilter(new double[] {1});
        for (double value : new double[] {10, 13, 12, 19}) {
            filter.learn(value);
        }

        assertThat(filter.predict()).isEqualTo(19 + 3, CLOSE);
    }

    @Test
    void theTrendIsLeastSquaresWhenNothingIsForgotten() {
        var filter = new TrendFilter(new double[] {1});
        for (double value : new double[] {1, 3, 2, 5}) {
            filter.learn(value);
        }

        // The line through (0, 1), (1, 3), (2, 2), (3, 5) is 1.1 + 1.1 t.
        assertThat(filter.predict()).isEqualTo(1.1 + 1.1 * 4, CLOSE);
    }

    @Test
    void theLevelStaysWhereItIs() {
        var fitted = Model.named("level").fit(new double[] {4, 6, 5, 5, 6, 4, 5, 5});

        var forecast = fitted.forecast(4);

        assertThat(forecast[0]).isBetween(4.0, 6.0);
        assertThat(forecast).containsOnly(new double[] {forecast[0]}, CLOSE);
    }

    @Test
    void holtFollowsALineAndThenLosesSpeed() {
        var forecast = Model.named("holt").fit(series(20, t -> 3.0 * t)).forecast(30);

        assertThat(forecast[0]).isCloseTo(60, within(0.5));
        assertThat(forecast[29] - forecast[28]).isPositive().isLessThan(0.7 * 3);
    }

    @Test
    void holtsTrendIsDampedGeometrically() {
        var filter = new HoltFilter(new double[] {0.5, 0.1, 0.9});
        filter.learn(10);
        filter.learn(12);

        assertThat(filter.predict()).isEqualTo(12 + 0.9 * 2, CLOSE);
        filter.learn(filter.predict());
        assertThat(filter.predict()).isEqualTo(12 + 0.9 * 2 + 0.81 * 2, CLOSE);
    }

    @Test
    void anSCurveIsFoundAndEndsAtItsPlateau() {
        var curve = series(17, t -> 10 + 80 / (1 + Math.exp(-0.6 * (t - 9))));

        assertThat(Model.named("logistic").fit(curve).forecast(30)[29]).isCloseTo(90, within(1.0));
    }

    @Test
    void anSCurveMayGoDown() {
        var curve = series(17, t -> 90 - 80 / (1 + Math.exp(-0.6 * (t - 9))));

        assertThat(Model.named("logistic").fit(curve).forecast(30)[29]).isCloseTo(10, within(1.0));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyModelCanBeFittedToTheFewestValues(String model) {
        var values = series(Model.MIN_VALUES, t -> 10 + t + Math.sin(t));

        assertThat(Model.named(model).fit(values).forecast(5))
                .hasSize(5)
                .doesNotContain(Double.NaN);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void aShockReachesItsOwnStep(String model) {
        var fitted = Model.named(model).fit(series(12, t -> 10 + t + Math.sin(t)));

        var calm = fitted.forecast(2);
        var shocked = fitted.path(new double[] {7, 0});

        assertThat(shocked[0]).isEqualTo(calm[0] + 7, CLOSE);
    }

    @Test
    void anUnknownModelIsNamedWithThoseThatExist() {
        assertThatThrownBy(() -> Model.named("oracle"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'oracle'")
                .hasMessageContaining("logistic");
    }

    private static double[] series(int length, IntToDoubleFunction value) {
        return IntStream.range(0, length).mapToDouble(value).toArray();
    }
}
