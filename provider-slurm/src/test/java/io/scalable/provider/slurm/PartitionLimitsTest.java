package io.scalable.provider.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionLimitsTest {

    @Test
    void readsWhatSinfoPrints() {
        assertThat(PartitionLimits.parse("batch*|up|infinite|16|64000\nshort|down|1:00:00|4+|1\n"))
                .containsExactly(
                        new PartitionLimits("batch", true, true, null, 16, 64000),
                        new PartitionLimits("short", false, false, Duration.ofHours(1), 4, 1));
    }

    @ParameterizedTest
    @CsvSource({"30:00, 1800", "1:00:00, 3600", "2-00:00:00, 172800", "1-02:03:04, 93784"})
    void readsTimes(String text, long seconds) {
        assertThat(PartitionLimits.time(text)).hasValue(Duration.ofSeconds(seconds));
    }

    @Test
    void anUnknownTimeIsNoLimit() {
        assertThat(PartitionLimits.time("infinite")).isEmpty();
        assertThat(PartitionLimits.time("n/a")).isEmpty();
    }
}
