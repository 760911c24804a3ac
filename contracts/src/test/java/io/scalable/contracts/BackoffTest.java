package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    @Test
    void theWaitDoublesUpToTheLongest() {
        assertThat(backoff.delay(1, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.delay(3, 0)).isEqualTo(Duration.ofMillis(400));
        assertThat(backoff.delay(1_000_000, 0)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void atLeastHalfOfTheWaitIsWaited() {
        assertThat(backoff.delay(2, 0.999))
                .isBetween(Duration.ofMillis(100), Duration.ofMillis(101));
    }
}
