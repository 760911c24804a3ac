package io.scalable.provider.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreloadScriptTest {

    private record Ran(int status, String printed) {}

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void whatItExportsIsThereForTheWorker(String shell) throws Exception {
        Ran ran = run(shell, "# modules\nexport MODEL='two words'\n");

        assertThat(ran).isEqualTo(new Ran(0, "worker two words\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void itsStatusAndItsLastWordsAreTold(String shell) throws Exception {
        Ran ran = run(shell, "echo no licence >&2\nexit 7");

        assertThat(ran.status()).isEqualTo(7);
        assertThat(ran.printed())
                .isEqualTo(
                        "no licence\n"
                            + "scalable: the preload_script ended with status 7; the worker does"
                            + " not start\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void aLastCommandThatFailsEndsItToo(String shell) throws Exception {
        Ran ran = run(shell, ". /no/such/file");

        assertThat(ran.status()).isNotZero();
        assertThat(ran.printed())
                .contains("/no/such/file", "ended with status " + ran.status())
                .doesNotContain("worker two");
    }

    private static Ran run(String shell, String script) throws Exception {
        var process =
                new ProcessBuilder(
                                shell,
                                "-c",
                                PreloadScript.lines(script) + "exec \"$@\"",
                                "worker",
                                "sh",
                                "-c",
                                "echo worker $MODEL")
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), printed);
    }
}
