package io.scalable.provider.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LaunchPaceTest {

    private final LaunchPace pace = new LaunchPace(PlatformTraits.batch());
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void aBatchThatMeetsALimitHalvesAndGrowsBackOnceLaunchesWork() {
        pace.failed(100, now, 0, null);
        pace.failed(50, now, 0, null);

        assertThat(pace.batch()).isEqualTo(25);
        assertThat(pace.ready(now)).as("a smaller one may be tried at once").isTrue();

        pace.worked();
        pace.worked();
        pace.worked();
        assertThat(pace.batch()).isEqualTo(100);
    }

    @Test
    void oneWorkerThatMeetsALimitMakesTheNextWaitLongerEachTime() {
        pace.failed(1, now, 0, null);

        assertThat(pace.ready(now.plusMillis(1_999))).isFalse();
        now = now.plusSeconds(2);
        assertThat(pace.ready(now)).isTrue();

        pace.failed(1, now, 0, null);
        assertThat(pace.ready(now.plusMillis(3_999))).isFalse();
        assertThat(pace.ready(now.plusSeconds(4))).isTrue();
    }

    @Test
    void waitsDifferByChanceSoThatManyHostsDoNotComeBackAtOnce() {
        pace.failed(1, now, 0.5, null);

        assertThat(pace.ready(now.plusMillis(1_500))).isTrue();
    }

    @Test
    void aPlatformThatSaysWhenToComeBackIsHeard() {
        pace.failed(1, now, 0, Duration.ofSeconds(40));

        assertThat(pace.ready(now.plusSeconds(39))).isFalse();
        assertThat(pace.ready(now.plusSeconds(40))).isTrue();
    }

    @Test
    void noMoreCallsThanTheRateAllows() {
        int calls = 0;
        for (int tick = 0; tick < 100; tick++) {
            while (pace.ready(now)) {
                pace.called();
                calls++;
            }
            now = now.plusMillis(100);
        }

        assertThat(calls).as("10 a second, and 10 at the start").isBetween(105, 111);
    }
}
