package io.scalable.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "90, 90",
        "0.5, 0.5",
        "90s, 90",
        "250ms, 0.25",
        "5m, 300",
        "1.5h, 5400",
        "2H, 7200",
        "'2 h', 7200",
        "1d, 86400",
        "00:00:30, 30",
        "04:00:00, 14400",
        "12:00:00, 43200",
        "120:00:00, 432000",
        "1-00:00:00, 86400",
        "2-12:30:15, 217815",
        "1-12, 129600",
        "1-06:30, 109800"
    })
    void durationsAreSeconds(String text, double seconds) {
        assertThat(Durations.seconds(text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0s",
                "-1",
                "-5m",
                "10:30",
                "00:00:00",
                "1:60:00",
                "1:00:60",
                "1-24:00:00",
                "5 parsecs",
                "h",
                "1e999",
                "99999999999",
                "1:2:3",
                "one"
            })
    void othersAreNoDurations(String text) {
        assertThat(Durations.seconds(text)).isNull();
    }
}
