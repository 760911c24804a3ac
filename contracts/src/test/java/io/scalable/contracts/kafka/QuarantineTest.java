package io.scalable.contracts.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private final Quarantine quarantine = new Quarantine("planner");

    @Test
    void aDeploymentIsSetAsideOnceAndReleasedOnce() {
        var first = quarantine.setAside("d", new IllegalStateException("why"), Instant.EPOCH);

        assertThat(first).hasValueSatisfying(event -> assertThat(event.reason()).isEqualTo("why"));
        assertThat(quarantine.setAside("d", new StackOverflowError(), Instant.EPOCH)).isEmpty();
        assertThat(quarantine.holds("d")).isTrue();
        assertThat(quarantine.holds("other")).isFalse();
        assertThat(quarantine.release("d", Instant.EPOCH)).isPresent();
        assertThat(quarantine.release("d", Instant.EPOCH)).isEmpty();
        assertThat(quarantine.holds("d")).isFalse();
    }

    @Test
    void itsWordAndItsReleaseStandUnderOneKey() {
        var aside = quarantine.setAside("d", new RuntimeException(), Instant.EPOCH).orElseThrow();
        var released = quarantine.release("d", Instant.EPOCH).orElseThrow();

        assertThat(aside.key()).isEqualTo(released.key()).isEqualTo("planner/d");
        assertThat(aside.reason()).isEqualTo("java.lang.RuntimeException");
    }
}
