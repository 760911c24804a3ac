package io.scalable.provider.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizeTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, 256, 512",
        "256, 513, 256, 1024",
        "256, 1025, 256, 2048",
        "256, 2049, 512, 3072",
        "512, 4096, 512, 4096",
        "512, 4097, 1024, 5120",
        "1024, 954, 1024, 2048",
        "1025, 2048, 2048, 4096",
        "4096, 30721, 8192, 32768",
        "8192, 61441, 16384, 65536",
        "16384, 122880, 16384, 122880",
        "10240, 20480, 16384, 32768"
    })
    void theSmallestSizeThatHoldsWhatIsWantedIsTaken(int cpu, int mib, int soldCpu, int soldMib) {
        assertThat(FargateSize.holding(new FargateSize(cpu, mib)))
                .contains(new FargateSize(soldCpu, soldMib));
    }

    @Test
    void moreThanTheLargestIsNotSold() {
        assertThat(FargateSize.holding(FargateSize.LARGEST)).contains(FargateSize.LARGEST);
        assertThat(FargateSize.holding(new FargateSize(16_385, 1))).isEmpty();
        assertThat(FargateSize.holding(new FargateSize(1, 122_881))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"m5.xlarge, 4096", "c7g.large, 2048", "r6i.2xlarge, 8192", "c5n.18xlarge, 73728"})
    void commonInstancesAreKnown(String type, int cpu) {
        assertThat(InstanceSize.of(type)).map(InstanceSize::cpu).contains(cpu);
    }

    @Test
    void aTaskThatTakesAllOfAnInstancesMemoryDoesNotFit() {
        InstanceSize size = InstanceSize.of("m5.xlarge").orElseThrow();

        assertThat(size.holds(new FargateSize(4096, 15_000))).isTrue();
        assertThat(size.holds(new FargateSize(4096, 16_384))).isFalse();
        assertThat(size.holds(new FargateSize(4097, 1))).isFalse();
        assertThat(InstanceSize.of("p4d.24xlarge")).isEmpty();
    }
}
