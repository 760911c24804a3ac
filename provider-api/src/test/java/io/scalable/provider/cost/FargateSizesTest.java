package io.scalable.provider.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.provider.cost.FargateSizes.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizesTest {

    @ParameterizedTest
    @CsvSource({
        "0.25, 512, 256, 512",
        "0.1, 1, 256, 512",
        "0.25, 1100, 256, 2048",
        "0.25, 2100, 512, 3072",
        "1, 512, 1024, 2048",
        "1, 2049, 1024, 3072",
        "1, 9000, 2048, 9216",
        "3, 1, 4096, 8192",
        "4, 30720, 4096, 30720",
        "4, 30721, 8192, 32768",
        "8, 17000, 8192, 20480",
        "16, 122880, 16384, 122880"
    })
    void theSmallestLegalSizeThatHasEnoughOfBoth(double cpus, long mib, int units, int memory) {
        assertThat(FargateSizes.atLeast(cpus, mib << 20)).contains(new Size(units, memory));
    }

    @Test
    void whatIsTooLargeHasNone() {
        assertThat(FargateSizes.atLeast(16.1, 1 << 20)).isEmpty();
        assertThat(FargateSizes.atLeast(1, 122_881L << 20)).isEmpty();
        assertThat(FargateSizes.atLeast(1, Long.MAX_VALUE)).isEmpty();
    }
}
