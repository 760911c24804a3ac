package energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import energy.Quantiles.Weighted;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void theMedianOfEqualWeightsIsTheMiddleValue() {
        assertThat(equal(5, 1, 3, 2, 4).at(0.5)).isEqualTo(3, within(1e-9));
    }

    @Test
    void betweenTwoValuesItIsInterpolated() {
        // Five values stand at 0.1, 0.3, 0.5, 0.7 and 0.9.
        assertThat(equal(1, 2, 3, 4, 5).at(0.25)).isEqualTo(1.75, within(1e-9));
    }

    @Test
    void theEndsAreTheExtremeValues() {
        var quantiles = equal(1, 2, 3);

        assertThat(quantiles.at(0)).isEqualTo(1);
        assertThat(quantiles.at(1)).isEqualTo(3);
    }

    @Test
    void aValueCountsForItsWeight() {
        var twice = new Quantiles(List.of(new Weighted(1, 3), new Weighted(9, 1)));

        // They stand at 0.375 and 0.875.
        assertThat(twice.at(0.375)).isEqualTo(1, within(1e-9));
        assertThat(twice.at(0.625)).isEqualTo(5, within(1e-9));
    }

    private static Quantiles equal(double... values) {
        return new Quantiles(DoubleStream.of(values).mapToObj(v -> new Weighted(v, 1)).toList());
    }
}
