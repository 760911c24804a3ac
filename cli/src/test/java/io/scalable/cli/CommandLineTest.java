package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.ScalableSession;
import io.scalable.client.SessionOptions;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: %s}
            components:
              text: {cpus: 1, memory: 512M}
            tasks:
              hello: {component: text, command: [echo, hello], foreach: {range: [0, 6]}}
            """;

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<String> commands() {
        return Main.commandLine().getSubcommands().keySet().stream().filter(c -> !c.equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHelps(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: scalable " + command).contains("--help");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandPrintsInEachFormat(String command) {
        assertThat(execute(command, "--format", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("'--format'", "[TEXT, JSON, QUIET]", "nonsense");
    }

    /** Which is made alone where it is called, by the name that it says it has. */
    @ParameterizedTest
    @MethodSource("commands")
    void aCalledCommandIsTheOnlyOneThatIsMade(String command) {
        CommandLine called = Main.commandLine(command, "--help");

        assertThat(called.getSubcommands()).containsOnlyKeys(command);
        assertThat(called.getSubcommands().get(command).getCommandSpec().name()).isEqualTo(command);
    }

    @Test
    void aWordThatIsNoCommandFindsTheNearest() {
        assertThat(execute("vlidate")).isEqualTo(2);
        assertThat(err.toString()).contains("vlidate").contains("scalable validate");
    }

    @Test
    void theVersionNamesTheProgram() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).matches("scalable \\d+\\.\\d+\\.\\d+ \\(Java \\d+\\)\\s*");
    }

    @Test
    void theBrokerInsideARunIsRefusedToACloudWithTheWaysOut() throws IOException {
        String file = manifest("4}\n  cloud: {provider: aws, region: us-east-1");

        assertThat(execute("run", file, "--target", "cloud")).isEqualTo(1);
        assertThat(err.toString())
                .contains("targets.cloud: workers on aws cannot reach the broker")
                .contains("targets.cloud.bootstrap", "scalable up --kafka", "docs/services.md");
    }

    @Test
    void anInterfaceThatIsNotThereNamesThoseThatAre() throws IOException {
        String file =
                manifest("4}\n  hpc: {provider: slurm, interface: nosuch0, walltime: '1:00:00'");

        assertThat(execute("run", file, "--target", "hpc")).isEqualTo(1);
        assertThat(err.toString())
                .contains("targets.hpc.interface: there is no 'nosuch0'")
                .containsPattern("there are .*\\blo\\b");
    }

    @Test
    void aValidManifestIsSaidToBe() throws IOException {
        assertThat(execute("validate", manifest("4"))).isZero();
        assertThat(out.toString()).contains(": valid");
    }

    @Test
    void aBadManifestIsRefusedWithThePlace() throws IOException {
        assertThat(execute("validate", manifest("'4'"))).isEqualTo(1);
        assertThat(out.toString())
                .contains("E_BAD_MAX_WORKERS")
                .contains("scalable.yaml:3:41")
                .contains("max_workers must be a positive integer");
    }

    @Test
    void problemsCanBeReadByPrograms() throws IOException {
        assertThat(execute("validate", manifest("0"), "--format", "json")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"ok\":false")
                .contains("\"code\":\"E_BAD_MAX_WORKERS\"")
                .contains("\"line\":3");
    }

    @Test
    void aPlanNamesWorkersAndReasons() throws IOException {
        assertThat(execute("plan", manifest("4"), "--objective", "minimize time")).isZero();
        assertThat(out.toString())
                .contains("Target local (local), objective minimize time, policy safe")
                .containsPattern("text: [1-4] workers? \\(.+; bound by .+\\)");
    }

    @Test
    void aPlanForProgramsSaysWhatItRestsOn() throws IOException {
        assertThat(
                        execute(
                                "plan",
                                manifest("4"),
                                "--format",
                                "json",
                                "--tasks",
                                "text=20",
                                "--expect",
                                "hello=30s"))
                .isZero();
        var plan = Json.mapper().readTree(out.toString());
        assertThat(plan.properties())
                .extracting(Map.Entry::getKey)
                .startsWith(
                        "target",
                        "provider",
                        "objective",
                        "policy",
                        "workers",
                        "predicted_completion_s",
                        "cost",
                        "binding_constraint",
                        "feasible",
                        "pareto",
                        "durations")
                .contains("notes", "default_maximum", "reasons", "binding_constraints", "warnings");
        assertThat(plan.at("/reasons/text").asText()).isNotBlank();
        assertThat(plan.at("/binding_constraints/text")).isEqualTo(plan.at("/binding_constraint"));
        assertThat(plan.at("/durations/hello/source").asText()).isEqualTo("expect");
        assertThat(plan.at("/durations/hello/p50").asDouble()).isEqualTo(30);
        assertThat(plan.at("/predicted_completion_s/p50").asDouble()).isBetween(120.0, 300.0);
    }

    @Test
    void theSdkPlansTheSame() throws IOException {
        String file = manifest("4");
        Path runs = folder.resolve("runs");
        assertThat(execute("plan", file, "--format", "json", "--history", runs.toString()))
                .isZero();

        try (var session =
                ScalableSession.fromYaml(
                        Path.of(file), "local", SessionOptions.defaults().withRuns(runs))) {
            assertThat(session.plan().toJson()).isEqualTo(out.toString().strip());
        }
    }

    @Test
    void aSharedTargetWithoutMaximumIsWarnedOf() throws IOException {
        String file = manifest("4}\n  hpc: {provider: slurm, queue: q, account: a");

        assertThat(execute("plan", file, "--target", "hpc")).isZero();
        assertThat(out.toString()).contains("Maximum of text: 64 workers, as the target sets none");
        assertThat(err.toString())
                .contains("scalable: warning: target hpc is paid for or shared")
                .contains("at most 64 text workers");
    }

    @Test
    void theChoicesOfAPlanAreDrawn() throws IOException {
        String picture = folder.resolve("front.svg").toString();
        assertThat(execute("plan", manifest("4"), "--plot", picture)).isZero();
        assertThat(folder.resolve("front.svg"))
                .content()
                .startsWith("<svg")
                .contains("class=\"chosen\"", "core-hours")
                .endsWith("</svg>\n");
    }

    @Test
    void aPlanForAnUnknownTaskNamesTheNearest() throws IOException {
        assertThat(execute("plan", manifest("4"), "--tasks", "helo=20")).isEqualTo(2);
        assertThat(err.toString()).contains("'helo'; nearest: hello");
        assertThat(execute("plan", manifest("4"), "--expect", "hello=soon")).isEqualTo(2);
        assertThat(err.toString()).contains("--expect hello=soon: give a duration above 0");
    }

    @Test
    void aMissingManifestIsNamed() {
        assertThat(execute("run", folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no manifest at").contains("none.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan", "validate", "deploy", "doctor", "simulate"})
    void aFileThatIsNotThereIsWrongUsageOfEveryCommand(String command) {
        assertThat(execute(command, folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml").doesNotContain("\tat ");
    }

    @Test
    void aWrongObjectiveNamesTheRightOnes() throws IOException {
        assertThat(execute("plan", manifest("1"), "--objective", "cheap")).isEqualTo(2);
        assertThat(err.toString()).contains("'cheap' is no objective").contains("'minimize cost'");
    }

    @Test
    void aReportWithoutRunsSaysHowToMakeOne() {
        assertThat(execute("report", "--runs-dir", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no runs yet");
    }

    private String manifest(String maxWorkers) throws IOException {
        Path file = folder.resolve("scalable.yaml");
        Files.writeString(file, MANIFEST.formatted(maxWorkers));
        return file.toString();
    }

    private int execute(String... args) {
        CommandLine command = Main.commandLine(args);
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
