package io.scalable.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {

    @ParameterizedTest
    @CsvSource({
        "20G, 20000000000",
        "20GB, 20000000000",
        "20g, 20000000000",
        "20GiB, 21474836480",
        "20Gi, 21474836480",
        "512MiB, 536870912",
        "512M, 512000000",
        "1e9, 1000000000",
        "1.5e3M, 1500000000",
        "1E+9, 1000000000",
        "1000, 1000",
        "1000B, 1000",
        "64k, 64000",
        "64KiB, 65536",
        "1.5G, 1500000000",
        ".5T, 500000000000",
        "2TiB, 2199023255552",
        "1P, 1000000000000000",
        "'2 G', 2000000000",
        "0.0000000019G, 1",
        "-5G, -5000000000",
        "0, 0"
    })
    void amountsAreReadExactly(String text, long bytes) {
        assertThat(Memory.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "G", "20X", "20GG", "20Gigs", "1.2.3G", "1_000", "9e18G", "1e999", "i"})
    void othersAreNoAmounts(String text) {
        assertThat(Memory.bytes(text)).isNull();
    }
}
