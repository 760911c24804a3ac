package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {

    private static final String YAML =
            """
            version: 1
            targets:
              local: {provider: local, colour: red}
              hpc: {provider: slurm, walltime: soon}
            components: {model: {memory: 1G}}
            tasks: {fit: {component: model}}
            overlays:
              bad: {components: {model: {memory: lots}}}
              good: {targets: {hpc: {walltime: 12:00:00}}}
            """;

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutATargetAllAreChecked() throws IOException {
        assertThat(validate()).isEqualTo(1);
        assertThat(out.toString()).contains("E_BAD_WALLTIME", "W_UNKNOWN_LOCAL_OPTION");
    }

    @Test
    void withATargetOnlyThatOneIsChecked() throws IOException {
        assertThat(validate("--target", "local")).isZero();
        assertThat(out.toString()).doesNotContain("E_").contains(": valid, 1 warning");
    }

    @Test
    void anOverlayIsLaidOverIt() throws IOException {
        assertThat(validate("--target", "hpc", "--overlay", "good")).isZero();
        assertThat(validate("--target", "local", "--overlay", "bad")).isEqualTo(1);
        assertThat(out.toString()).contains("E_BAD_MEMORY");
    }

    @Test
    void jsonHasNothingButWhatIsPromised() throws IOException {
        assertThat(validate("--target", "hpc", "--format", "json")).isEqualTo(1);
        assertThat(out.toString().strip())
                .isEqualTo(
                        "{\"ok\":false,\"errors\":[{\"code\":\"E_BAD_WALLTIME\",\"path\":\"targets.hpc.walltime\",\"line\":4,\"column\":36,\"message\":\"walltime"
                            + " must be a duration above 0: seconds as a number, 90s, 5m, 2h,"
                            + " HH:MM:SS or D-HH:MM:SS, found \\\"soon\\\"\"}],\"warnings\":[]}");
    }

    @Test
    void jsonOfAValidManifestListsItsWarnings() throws IOException {
        assertThat(validate("--target", "local", "--format", "json")).isZero();
        assertThat(out.toString())
                .startsWith(
                        "{\"ok\":true,\"errors\":[],\"warnings\":[{\"code\":\"W_UNKNOWN_LOCAL_OPTION\"");
    }

    @Test
    void aTargetOrOverlayThatIsNotThereIsAnError() throws IOException {
        assertThat(validate("--target", "hcp")).isEqualTo(1);
        assertThat(validate("--overlay", "god")).isEqualTo(1);
        assertThat(out.toString())
                .contains("E_UNKNOWN_TARGET", "did you mean 'hpc'?")
                .contains("E_UNKNOWN_OVERLAY", "did you mean 'good'?");
    }

    @Test
    void wrongUsageAndUnreadableFilesAreToldApartFromErrors() {
        assertThat(execute("validate", folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(execute("validate", folder.toString())).isEqualTo(2);
        assertThat(execute("validate", "--fromat", "json")).isEqualTo(2);
        assertThat(execute("validate", "--format", "xml")).isEqualTo(2);
        assertThat(execute("validate", "a.yaml", "b.yaml")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("no manifest at", "is a folder", "--fromat");
    }

    @Test
    void aPlanIgnoresWhatIsWrongWithOtherTargets() throws IOException {
        String file = manifest();

        assertThat(execute("plan", file, "--target", "local")).isZero();
        assertThat(execute("plan", file, "--target", "hpc")).isEqualTo(1);
        assertThat(err.toString()).contains("E_BAD_WALLTIME");
    }

    private String manifest() throws IOException {
        return Files.writeString(folder.resolve("scalable.yaml"), YAML).toString();
    }

    private int validate(String... options) throws IOException {
        String[] args = new String[options.length + 2];
        args[0] = "validate";
        args[1] = manifest();
        System.arraycopy(options, 0, args, 2, options.length);
        return execute(args);
    }

    private int execute(String... args) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
