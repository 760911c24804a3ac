package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as the launcher starts it, in surroundings that it has to make the best of. */
@Timeout(120)
class LauncherIT {

    private static final String COMMAND = Path.of("../dev/command").toAbsolutePath().toString();

    /** Names and values beyond ASCII are written by the shell: this JVM's locale may be any. */
    private static final String RUN =
            """
            set -e
            ulimit -v 4194304
            mkdir Zürich temporary
            cd Zürich
            touch 東京
            cat >scalable.yaml <<'YAML'
            version: 1
            targets: {local: {provider: local, max_workers: 1}}
            components: {c: {cpus: 1, memory: 256M, env: {STADT: Zürich}}}
            tasks:
              say:
                component: c
                foreach: [東京, 1.10]
                command:
                - sh
                - -c
                - 'printf "%s,%s,%s,%s\\n" "$1" "$STADT" "${LC_ALL-none}" "$(ls "$1" 2>&1 | head -c 6)" >>../said'
                - sh
                - '{item}'
            YAML
            TMPDIR=$PWD/../temporary SCALABLE_JAVA_OPTS='-Duser.language=tr -Duser.country=TR' LC_ALL=C \\
                "$0" run --runs-dir ../runs
            """;

    @TempDir Path folder;

    @Test
    void inAnyLocaleUnderALimitOfMemoryTextsArriveAsTheyAreAndNothingStaysBehind()
            throws Exception {
        PackagedCommand.prepare();

        String output = shell(RUN, 0);

        assertThat(folder.resolve("said"))
                .as(output)
                .content()
                .contains("東京,Zürich,C,")
                .contains("1.10,Zürich,C,ls: ca");
        assertThat(folder.resolve("temporary")).as(output).isEmptyDirectory();
    }

    @Test
    void aFolderForTemporaryFilesThatCannotBeWrittenIsNamedInOneLine() throws Exception {
        assertThat(shell("TMPDIR=/no/such exec \"$0\" validate", 1))
                .hasLineCount(1)
                .contains("/no/such")
                .contains("TMPDIR");
    }

    @Test
    void aLimitOfVirtualMemoryThatIsTooSmallIsNamedInOneLine() throws Exception {
        assertThat(shell("ulimit -v 1000000; exec \"$0\" validate", 1))
                .hasLineCount(1)
                .contains("ulimit -v allows 1000000 KiB");
    }

    private String shell(String script, int status) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script"), script);
        Path output = folder.resolve("output");
        var builder =
                new ProcessBuilder(List.of("sh", "-c", ". " + file, COMMAND))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        int ended = process.waitFor();
        String said = Files.readString(output);
        assertThat(ended).as(said).isEqualTo(status);
        return said;
    }
}
