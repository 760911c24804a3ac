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
        assertThat(exclusions.failed("n1", NOW)).isFalse();
        assertThat(exclusions.failed("n2", NOW)).isFalse();
        assertThat(exclusions.failed("n1", NOW.plusSeconds(60))).isTrue();

        assertThat(exclusions.at(NOW.plusSeconds(61))).containsExactly("n1");
        assertThat(exclusions.at(NOW.plus(Duration.ofMinutes(32)))).isEmpty();
    }

    @Test
    void failuresFarApartAreNoPattern() {
        exclusions.failed("n1", NOW);

        assertThat(exclusions.failed("n1", NOW.plus(Duration.ofMinutes(11)))).isFalse();
        assertThat(exclusions.at(NOW.plus(Duration.ofMinutes(11)))).isEmpty();
    }
}
