package io.scalable.provider.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeExclusionsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final NodeExclusions exclusions = new NodeExclusions();

    @Test
    void twoFailuresInTenMinutesExcludeANodeForHalfAnHour() {
        exclusions.worked("model", "n3", NOW);
        assertThat(exclusions.failed("1_0", "model", "n1", NOW)).isFalse();
        assertThat(exclusions.failed("1_1", "model", "n2", NOW)).isFalse();
        assertThat(exclusions.failed("1_2", "model", "n1", NOW.plusSeconds(60))).isTrue();

        assertThat(exclusions.at("model", NOW.plusSeconds(61))).containsExactly("n1");
        assertThat(exclusions.at("post", NOW.plusSeconds(61))).isEmpty();
        assertThat(exclusions.at("model", NOW.plus(Duration.ofMinutes(32)))).isEmpty();
    }

    @Test
    void failuresFarApartAreNoPattern() {
        exclusions.worked("model", "n3", NOW.plus(Duration.ofMinutes(11)));
        boolean unused = exclusions.failed("1_0", "model", "n1", NOW);

        assertThat(exclusions.failed("1_1", "model", "n1", NOW.plus(Duration.ofMinutes(11))))
                .isFalse();
        assertThat(exclusions.at("model", NOW.plus(Duration.ofMinutes(11)))).isEmpty();
    }

    @Test
    void aComponentThatStartsNowhereIsNoNodesFault() {
        for (int job = 0; job < 10; job++) {
            boolean unused = exclusions.failed("1_" + job, "model", "n1", NOW);
        }

        assertThat(exclusions.at("model", NOW)).isEmpty();
    }

    @Test
    void aJobCountsOnceHoweverOftenItIsListed() {
        exclusions.worked("model", "n3", NOW);
        for (int look = 0; look < 5; look++) {
            assertThat(exclusions.failed("1_0", "model", "n1", NOW)).isFalse();
        }
    }

    @Test
    void noMoreThanAFewNodesAreLeftOut() {
        exclusions.worked("model", "n0", NOW);
        for (int node = 1; node <= 20; node++) {
            for (int job = 0; job < 2; job++) {
                boolean unused = exclusions.failed(node + "_" + job, "model", "n" + node, NOW);
            }
        }

        assertThat(exclusions.at("model", NOW)).hasSize(NodeExclusions.MOST);
    }
}
