package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseDetectorTest {

    private final ManualClocks clocks = new ManualClocks();
    private final PauseDetector detector = new PauseDetector(Duration.ofSeconds(2), clocks);

    @Test
    void shortPausesDoNotCount() {
        for (int i = 0; i < 10; i++) {
            clocks.pass(Duration.ofSeconds(2));
            assertThat(detector.pauses()).isZero();
        }
    }

    @Test
    void aLongPauseCountsOnceWhoeverAsks() {
        clocks.pass(Duration.ofSeconds(20));

        assertThat(detector.pauses()).isEqualTo(1);
        assertThat(detector.pauses()).isEqualTo(1);
    }

    @Test
    void theSleepOfTheMachineCounts() {
        clocks.sleep(Duration.ofMinutes(10));

        assertThat(detector.pauses()).isEqualTo(1);
    }

    @Test
    void aThreadHasItsPartitionsUntilThePauseAndAgainOnceTheGroupSaysSo() {
        try (var ownership = new Ownership(detector)) {
            Ownership.Grant before = ownership.current();
            assertThat(before.holds()).isTrue();

            clocks.pass(Duration.ofSeconds(20));
            assertThat(before.holds()).isFalse();
            assertThat(ownership.current().holds()).isFalse();

            ownership.confirm();
            assertThat(ownership.current().holds()).isTrue();
            assertThat(before.holds()).as("what was given before the pause").isFalse();
        }
    }
}
