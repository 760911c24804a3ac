package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxFailsTest {

    @Test
    void aNumberAllowsSoManyAndNoMore() {
        MaxFails most = MaxFails.parse("2").orElseThrow();

        assertThat(most.exceededBy(2, 10)).isFalse();
        assertThat(most.exceededBy(3, 10)).isTrue();
        assertThat(MaxFails.parse("0").orElseThrow().exceededBy(1, 10)).isTrue();
    }

    @Test
    void aPartIsOneOfAllTasks() {
        MaxFails most = MaxFails.parse("2.5%").orElseThrow();

        assertThat(most.exceededBy(5, 200)).isFalse();
        assertThat(most.exceededBy(6, 200)).isTrue();
        assertThat(most).hasToString("2.5%");
        assertThat(MaxFails.parse("10%").orElseThrow()).hasToString("10%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "many", "101%", "%", "NaN%", "99999999999"})
    void anythingElseIsNone(String text) {
        assertThat(MaxFails.parse(text)).isEmpty();
    }
}
