package energy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final double[] HISTORY = {14, 20, 19, 21, 27, 34, 39, 51, 86, 103, 118, 149};

    @Test
    void theSameSeedGivesTheSamePath() {
        assertThat(path(7)).isEqualTo(path(7));
    }

    @Test
    void anotherSeedGivesAnotherPath() {
        assertThat(path(7)).isNotEqualTo(path(8));
    }

    @Test
    void drawsAreResidualsAroundTheirMean() {
        var drawn = BlockBootstrap.draw(new double[] {1, 2, 6}, 200, new SplittableRandom(1));

        assertThat(drawn).hasSize(200).containsOnly(-2, -1, 3);
    }

    @Test
    void drawsKeepRunsTogether() {
        double[] residuals = {-3, -2, -1, 1, 2, 3};
        var drawn = BlockBootstrap.draw(residuals, 3000, new SplittableRandom(1));

        long inOrder = 0;
        for (int i = 1; i < drawn.length; i++) {
            int at = Arrays.binarySearch(residuals, drawn[i - 1]);
            if (drawn[i] == residuals[(at + 1) % residuals.length]) {
                inOrder++;
            }
        }

        // A run goes on two times in three, and a new one starts there one time in six.
        assertThat(inOrder / 2999.0).isCloseTo(2 / 3.0 + 1 / 18.0, within(0.03));
    }

    @Test
    void pathsNeverFallBelowZero() {
        double[] falling = {90, 80, 72, 60, 48, 41, 30, 18, 12, 4};

        var path =
                new Bootstrapped(Model.named("trend"), 1, new SplittableRandom(3))
                        .path(falling, 20);

        assertThat(Arrays.stream(path)).allMatch(value -> value >= 0).contains(0.0);
    }

    private static double[] path(long seed) {
        return new Bootstrapped(Model.named("holt"), 5, new SplittableRandom(seed))
                .path(HISTORY, 10);
    }
}
