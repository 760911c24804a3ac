package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerLocaleTest {

    private static Map<String, String> restored(Map<String, String> environment) {
        var mutable = new HashMap<>(environment);
        CallerLocale.restore(mutable);
        return mutable;
    }

    @Test
    void aTaskGetsTheLocaleThatTheCallerHad() {
        assertThat(restored(Map.of("LC_ALL", "C.UTF-8", CallerLocale.VARIABLE, "C")))
                .isEqualTo(Map.of("LC_ALL", "C"));
    }

    @Test
    void aTaskOfACallerWithoutLocaleHasNone() {
        assertThat(restored(Map.of("LC_ALL", "C.UTF-8", CallerLocale.VARIABLE, ""))).isEmpty();
    }

    @Test
    void aLocaleThatWasNotReplacedStays() {
        assertThat(restored(Map.of("LC_ALL", "de_DE.UTF-8", "LANG", "C")))
                .isEqualTo(Map.of("LC_ALL", "de_DE.UTF-8", "LANG", "C"));
    }

    @Test
    void aComponentsLocaleIsForItsTasksAndNotForTheirWorkersJvm() {
        var environment = new HashMap<>(Map.of("LC_ALL", "C.UTF-8", "LANG", "C.UTF-8"));

        CallerLocale.putAllButLocale(
                environment, Map.of("LC_ALL", "C", "LANG", "C", "LC_CTYPE", "C", "STADT", "Bonn"));

        assertThat(environment)
                .isEqualTo(Map.of("LC_ALL", "C.UTF-8", "LANG", "C.UTF-8", "STADT", "Bonn"));
    }

    @Test
    void anEncodingThatLacksLettersIsComplainedOf() {
        assertThat(CallerLocale.complaint("UTF-8")).isNull();
        assertThat(CallerLocale.complaint("ANSI_X3.4-1968"))
                .contains("ANSI_X3.4-1968")
                .contains("LC_ALL=C.UTF-8");
    }
}
