package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmOptionsTest {

    @Test
    void everyLineOfTheFilesIsOneOption() {
        assertThat(JvmOptions.command())
                .containsAll(JvmOptions.every())
                .allMatch(option -> option.startsWith("-") && !option.contains(" "))
                .doesNotHaveDuplicates();
    }

    @Test
    void formatsDoNotDependOnTheCallersLocale() {
        assertThat(JvmOptions.every()).contains("-Duser.language=en", "-Duser.country=US");
    }
}
