package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadlineNoticeTest {

    private static final Instant START = Instant.parse("2026-01-31T14:25:01Z");

    @Test
    void aPassedWalltimeIsToldOnceWithItsLength() {
        var notice = new DeadlineNotice(20.0, START);

        assertThat(notice.at(START.plusSeconds(20))).isEmpty();
        assertThat(notice.at(START.plusSeconds(21)))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("longer than its walltime of 20 s"));
        assertThat(notice.at(START.plusSeconds(22))).isEmpty();
    }

    @Test
    void longWalltimesAreSpelledInHoursAndMinutes() {
        assertThat(new DeadlineNotice(5_400.0, START).at(START.plusSeconds(6_000)))
                .hasValueSatisfying(text -> assertThat(text).contains("walltime of 1 h 30 min"));
    }

    @Test
    void withoutAWalltimeNothingIsTold() {
        assertThat(new DeadlineNotice(null, START).at(START.plusSeconds(1_000_000))).isEmpty();
    }
}
