package energy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import energy.model.Box.Range;
import org.junit.jupiter.api.Test;

class BoxTest {

    private final Box box = Box.of(new Range(-1, 3), new Range(0, 10));

    @Test
    void theBottomOfABowlIsFound() {
        var found = box.minimise(p -> Math.pow(p[0] - 0.7, 2) + 3 * Math.pow(p[1] - 4.2, 2));

        assertThat(found).containsExactly(new double[] {0.7, 4.2}, within(0.02));
    }

    @Test
    void theSearchStaysInTheBox() {
        var found = box.minimise(p -> p[0] - p[1]);

        assertThat(found).containsExactly(new double[] {-1, 10}, within(1e-9));
    }
}
