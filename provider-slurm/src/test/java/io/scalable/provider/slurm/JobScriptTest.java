package io.scalable.provider.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.container.ContainerRuntime;
import io.scalable.testkit.ADeployment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Job scripts are run by a real bash, with a program in Java's place that says what it was told.
 */
class JobScriptTest {

    @TempDir Path temp;

    @Test
    void theDirectivesSayWhatTheManifestSays() {
        String script =
                submission(temp, null).script(slurm(temp), component(), tag(), 3, List.of());

        assertThat(script.lines())
                .containsSubsequence(
                        "#!/bin/bash",
                        "#SBATCH --job-name=scalable:run-1/model+5",
                        "#SBATCH --comment=scalable:run-1/model+5",
                        "#SBATCH --array=0-2",
                        "#SBATCH --cpus-per-task=3",
                        "#SBATCH --mem=19074M",
                        "#SBATCH --time=1-02:03:04",
                        "#SBATCH --partition=batch",
                        "#SBATCH --no-requeue");
    }

    @Test
    void whatASiteDoesNotTakeIsLeftOutAndTheShellIsTheUsers() {
        DeploymentSpec deployment =
                ADeployment.aDeployment()
                        .provider("slurm")
                        .option("skip_directives", TextNode.valueOf("mem"))
                        .option("shebang", TextNode.valueOf("#!/bin/bash -l"))
                        .option("name", TextNode.valueOf("forecast"))
                        .build()
                        .withDirectory(temp.toString());

        String script = submission(temp, null).script(deployment, component(), tag(), 1, List.of());

        assertThat(script)
                .startsWith("#!/bin/bash -l\n")
                .contains("#SBATCH --job-name=forecast:scalable:run-1/model+5\n")
                .contains("#SBATCH --cpus-per-task=3\n")
                .doesNotContain("--mem");
    }

    @Test
    void aTaskFindsNothingOfTheJobArrayThatItsWorkerIs() throws Exception {
        String said =
                run(submission(temp, null).script(slurm(temp), bare(), tag(), 1, List.of()), temp);

        assertThat(said).contains("array=|");
    }

    @Test
    void nodesThatFailAreExcluded() {
        assertThat(
                        submission(temp, null)
                                .script(slurm(temp), component(), tag(), 1, List.of("n1", "n2")))
                .contains("#SBATCH --exclude=n1,n2\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with blank",
                "it's",
                "\"quoted\"",
                "$(touch /tmp/scalable-was-here)",
                "`id`",
                "a;b & c | d > e",
                "back\\slash",
                "line\nbreak",
                "Überraschung 雪",
                "*?[]~!#%"
            })
    void noTextOfAUserIsExpandedByTheShell(String text) throws Exception {
        Path home = Files.createDirectories(temp.resolve(text.replace("/", ":")));
        var component =
                new ComponentSpec(
                        "model",
                        null,
                        null,
                        1,
                        1 << 30,
                        1,
                        new Bounds(0, 1),
                        null,
                        List.of(),
                        Map.of("GIVEN", text),
                        Map.of(),
                        List.of(),
                        "PRELOADED=\"$GIVEN again\"\nexport PRELOADED");
        Submission submission = submission(home, null);
        // Slurm itself cannot write a log there; everything else must work all the same.
        String script =
                hasWhatSlurmCannotName(home)
                        ? null
                        : submission.script(slurm(home), component, tag(), 1, List.of());
        if (script == null) {
            assertThatThrownBy(() -> submission.script(slurm(home), component, tag(), 1, List.of()))
                    .hasMessageContaining("line break, a quote or a backslash");
            return;
        }

        String said = run(script, home);

        assertThat(said)
                .contains("given=" + text + "|")
                .contains("preloaded=" + text + " again|")
                .contains("in=" + home + "|")
                .contains("last=" + home.resolve("workers/run-1-model-7.json") + "|");
        assertThat(Path.of("/tmp/scalable-was-here")).doesNotExist();
    }

    private static boolean hasWhatSlurmCannotName(Path home) {
        return home.toString().chars().anyMatch(c -> c == '\n' || c == '"' || c == '\\');
    }

    @Test
    void aVariableWithoutANameIsRefused() {
        var component =
                new ComponentSpec(
                        "model",
                        null,
                        null,
                        1,
                        1 << 30,
                        1,
                        new Bounds(0, 1),
                        null,
                        List.of(),
                        Map.of("A=$(id);B", "x"),
                        Map.of(),
                        List.of(),
                        null);

        assertThatThrownBy(
                        () ->
                                submission(temp, null)
                                        .script(slurm(temp), component, tag(), 1, List.of()))
                .hasMessageContaining("A=$(id);B");
    }

    @Test
    void anImageIsRunWithTheWorkersJavaAndItsMountsBound() {
        String script =
                submission(temp, ContainerRuntime.APPTAINER)
                        .script(slurm(temp), component(), tag(), 1, List.of());

        assertThat(script)
                .contains("\nexec apptainer exec --bind ")
                .contains(" --bind /rcfs:/rcfs ")
                .contains(":/opt/scalable ")
                .contains(" docker://ghcr.io/jgcri/demeter:2.0.1 /opt/scalable/bin/java -Xmx")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 3_600, 86_399, 86_400, 900_000})
    void walltimesAreWrittenAsSlurmReadsThem(long seconds) {
        String text = JobScript.time(Duration.ofSeconds(seconds));

        String[] days = text.split("-");
        String[] clock = days[days.length - 1].split(":");
        long read =
                (days.length == 2 ? Long.parseLong(days[0]) * 86_400 : 0)
                        + Long.parseLong(clock[0]) * 3_600
                        + Long.parseLong(clock[1]) * 60
                        + Long.parseLong(clock[2]);
        assertThat(read).isEqualTo(seconds);
    }

    private static ComponentSpec bare() {
        return new ComponentSpec(
                "model",
                null,
                null,
                1,
                1 << 30,
                1,
                new Bounds(0, 1),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                null);
    }

    private static JobTag tag() {
        return new JobTag("run-1", "model", 5);
    }

    private static ComponentSpec component() {
        return new ComponentSpec(
                "model",
                "ghcr.io/jgcri/demeter:2.0.1",
                null,
                2.5,
                20_000_000_000L,
                1,
                new Bounds(0, 9),
                null,
                List.of(),
                Map.of(),
                Map.of("/rcfs", "/rcfs"),
                List.of(),
                null);
    }

    private static DeploymentSpec slurm(Path directory) {
        return ADeployment.aDeployment()
                .provider("slurm")
                .option("queue", TextNode.valueOf("batch"))
                .deadline(86_400 + 2 * 3_600 + 3 * 60 + 4)
                .build()
                .withDirectory(directory.toString());
    }

    private static Submission submission(Path home, ContainerRuntime runtime) {
        var settings =
                new SlurmSettings(
                        home,
                        home.resolve("shared"),
                        Map.of("sasl.jaas.config", "a secret"),
                        home.resolve("java"),
                        "a.jar",
                        List.of());
        return new Submission(settings, new WorkerCommands(settings, "Main", runtime));
    }

    /** What the program that stands in for Java was told, as task 2 of array 41. */
    private static String run(String script, Path home) throws IOException, InterruptedException {
        Path java = home.resolve("java/bin/java");
        Files.createDirectories(java.getParent());
        Files.createDirectories(home.resolve("workers"));
        Files.writeString(
                java,
                """
                #!/bin/bash
                printf 'given=%s|preloaded=%s|in=%s|last=%s|' "$GIVEN" "$PRELOADED" "$PWD" "${@: -1}"
                printf 'array=%s|' "$(env | grep SLURM_ARRAY)"
                """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        var builder = new ProcessBuilder("bash", "-s").redirectErrorStream(true);
        builder.environment().put("SLURM_ARRAY_JOB_ID", "41");
        builder.environment().put("SLURM_ARRAY_TASK_ID", "2");
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
