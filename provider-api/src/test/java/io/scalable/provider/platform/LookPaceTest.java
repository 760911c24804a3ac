package io.scalable.provider.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LookPaceTest {

    private final Instant begun = Instant.parse("2026-03-01T10:00:00Z");
    private final LookPace pace = new LookPace(PlatformTraits.batch(), begun);

    @Test
    void listingsAreFurtherAndFurtherApartUpToAMinute() {
        var seconds = new ArrayList<Long>();
        Instant last = begun;
        for (int i = 0; i < 8; i++) {
            Instant due = pace.due();
            seconds.add(java.time.Duration.between(last, due).toSeconds());
            pace.looked(due);
            last = due;
        }

        assertThat(seconds).containsExactly(0L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void whatHappensBringsTheNextListingNear() {
        for (int i = 0; i < 8; i++) {
            pace.looked(pace.due());
        }
        Instant now = pace.due().minusSeconds(50);

        pace.stir(now);

        assertThat(pace.due()).isEqualTo(now.plusSeconds(2));
    }

    @Test
    void anAppointmentIsKeptAmongListingsThatAreFarApart() {
        for (int i = 0; i < 8; i++) {
            pace.looked(pace.due());
        }
        Instant meet = pace.due().minusSeconds(10);
        pace.by(meet);

        assertThat(pace.due()).isEqualTo(meet);
        pace.looked(meet);
        assertThat(pace.due()).isEqualTo(meet.plusSeconds(60));
    }
}
