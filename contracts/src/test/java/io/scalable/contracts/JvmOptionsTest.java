package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** There is one list: nobody writes these options a second time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev/command",
                "deploy/provider.Dockerfile",
                "deploy/service.Dockerfile",
                "benchmarks/start",
                "examples/energy-forecast/run-with-sdk"
            })
    void scriptsAndImagesReadTheFiles(String script) {
        assertThat(Path.of("..", script))
                .content()
                .contains("jvm.options")
                .doesNotContain("--sun-misc-unsafe-memory-access", "user.language=en");
    }

    @Test
    void imagesMayCopyTheFiles() {
        assertThat(Path.of("../.dockerignore"))
                .content()
                .contains("!contracts/src/main/resources/io/scalable/contracts/*.options");
    }
}
