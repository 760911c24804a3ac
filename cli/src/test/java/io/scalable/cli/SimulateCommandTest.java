package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunInfo;
import io.scalable.client.run.RunState;
import io.scalable.client.run.TaskRecord;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {

    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 1}
            components:
              model: {cpus: 2, memory: 1G}
              post: {memory: 1G}
            tasks:
              sum: {component: post, needs: fit}
              fit: {component: model, command: [echo], foreach: {range: [0, 6]}, expect: 30s}
            """;

    private static final String TRACE =
            """
            {"trace":"two","kind":"dag","tasks":2}
            {"id":0,"pool":"a","submit":0,"parents":[],"runtime":20,"cpus":1,"mem_mb":null}
            {"id":1,"pool":"b","submit":0,"parents":[0],"runtime":5,"cpus":1,"mem_mb":null}
            """;

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aManifestIsReplayedUnderItsOwnPolicy() throws IOException {
        assertThat(execute("simulate", manifest(), "--format", "json")).isZero();

        JsonNode result = Json.mapper().readTree(out.toString());
        assertThat(result.path("tasks").intValue()).isEqualTo(7);
        assertThat(result.path("provider_model").textValue()).isEqualTo("local");
        JsonNode row = result.path("results").path(0);
        assertThat(row.path("policy").textValue()).isEqualTo("safe");
        assertThat(row.path("finished").booleanValue()).isTrue();
        assertThat(row.path("makespan_s").doubleValue()).isGreaterThan(60);
        assertThat(row.path("core_hours").doubleValue()).isPositive();
    }

    @Test
    void theSameSeedGivesTheSameRun() throws IOException {
        execute("simulate", manifest(), "--seed", "5");
        String first = out.toString();
        out.getBuffer().setLength(0);
        execute("simulate", manifest(), "--seed", "5");
        assertThat(out.toString()).isEqualTo(first);
        out.getBuffer().setLength(0);
        execute("simulate", manifest(), "--seed", "6");
        assertThat(out.toString()).isNotEqualTo(first);
    }

    @Test
    void aComparisonHasARowForEachWay() throws IOException {
        assertThat(execute("simulate", manifest(), "--compare", "--format", "json")).isZero();
        assertThat(Json.mapper().readTree(out.toString()).path("results")).hasSize(3 + 3 + 1 + 2);
    }

    @Test
    void aTraceIsReplayedOnAModelFromAFile() throws IOException {
        String model =
                write("m.yaml", "name: mine\nstart_delay: {uniform: [3, 5]}\nstart_fee: 2\n");
        String trace = write("t.jsonl", TRACE);

        assertThat(execute("simulate", "--trace", trace, "--provider-model", model)).isZero();
        assertThat(out.toString()).contains("two: 2 tasks, 2 pools, on mine, seed 1", "safe");
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        String trace = write("t.jsonl", TRACE.replace("\"runtime\":5", "\"runtime\":-5"));

        assertThat(execute("simulate", "--trace", trace)).isEqualTo(1);
        assertThat(err.toString()).contains("t.jsonl:3: runtime must be a number, 0 or more");
        String good = write("good.jsonl", TRACE);
        assertThat(execute("simulate", "--trace", good)).isEqualTo(2);
        assertThat(execute("simulate", manifest(), "--trace", good)).isEqualTo(2);
        assertThat(execute("simulate", manifest(), "--provider-model", "moon")).isEqualTo(2);
        assertThat(execute("simulate", manifest(), "--interval", "0")).isEqualTo(2);
        assertThat(err.toString())
                .contains("say --provider-model", "found FILE and --trace", "'moon' is no")
                .contains("--interval must be");
    }

    @Test
    void sourcesExcludeEachOther() throws IOException {
        String trace = write("t.jsonl", TRACE);
        String runs = folder.toString();

        assertThat(execute("simulate", "--trace", trace, "--run-id", "latest")).isEqualTo(2);
        assertThat(execute("simulate", manifest(), "--run-id", "latest")).isEqualTo(2);
        assertThat(execute("simulate", "--run-id", "r", "--target", "local")).isEqualTo(2);
        assertThat(execute("simulate", manifest(), "--runs-dir", runs)).isEqualTo(2);
        assertThat(execute("simulate", manifest(), "--compare", "--plot", "x.svg")).isEqualTo(2);
        assertThat(err.toString())
                .contains("give one of FILE, --trace and --run-id; found --trace and --run-id")
                .contains("found FILE and --run-id")
                .contains("--target chooses in a manifest; leave it out with --run-id")
                .contains("--runs-dir goes with --run-id")
                .contains("--plot draws one run");
        assertThat(execute("simulate", "--run-id", "latest", "--runs-dir", runs)).isEqualTo(1);
        assertThat(err.toString()).contains("no runs yet in " + runs);
    }

    @Test
    void aSimulationIsDrawn() throws Exception {
        String picture = folder.resolve("run.svg").toString();

        assertThat(execute("simulate", manifest(), "--plot", picture)).isZero();

        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(Path.of(picture).toFile());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(Path.of(picture))
                .content()
                .contains(">model</text>", ">post</text>", "class=\"up\"")
                .contains("<title>0.0 s: 0 to 1 workers</title>");
    }

    @Test
    void aRecordedRunIsSimulatedAndItsDecisionsComeOutAgain() throws IOException {
        String[] command = {"simulate", "--run-id", "latest", "--runs-dir", folder.toString()};
        RunFolder run = recordedRun();

        assertThat(execute(command)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("toy, run recorded: 3 tasks, 1 pools, on local, seed 1")
                .contains("The run itself took 8.0 s. Tasks that never ran are left out: 1.")
                .contains("safe", "balance", "Replay: 1 of 1 decisions reproduced.");

        out.getBuffer().setLength(0);
        var other = new PoolPlan("model", 3, "somebody wrote this", "tasks");
        var more = new ScalePlan("recorded", 2, List.of(other), 1, null, null, null, at(5));
        Files.writeString(
                run.file("decisions.jsonl"),
                Json.mapper().writeValueAsString(more) + "\n",
                StandardOpenOption.APPEND);
        assertThat(execute(command)).isEqualTo(1);
        assertThat(out.toString())
                .contains("Replay: 1 of 2 decisions reproduced.")
                .contains("recorded: at 5.000 s, model 3 (somebody wrote this)")
                .contains("replayed: no such decision");

        out.getBuffer().setLength(0);
        assertThat(execute(with(command, "--policy", "aggressive", "--format", "json"))).isZero();
        JsonNode result = Json.mapper().readTree(out.toString());
        assertThat(result.at("/run/id").textValue()).isEqualTo("recorded");
        assertThat(result.at("/run/left_out").intValue()).isEqualTo(1);
        assertThat(result.at("/results/0/makespan_s").doubleValue()).isBetween(5.0, 12.0);
        assertThat(result.has("replay")).isFalse();
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
    }

    /** A run of three tasks on one pool, with one decision; a fourth task never ran. */
    private RunFolder recordedRun() throws IOException {
        var pool = new PoolPlan("model", 1, "as planned", "objective");
        var first = new ScalePlan("recorded", 1, List.of(pool), 1, null, null, null, at(0));
        var component =
                new ComponentSpec(
                        "model",
                        null,
                        null,
                        1,
                        1_000_000,
                        1,
                        new Bounds(0, 1),
                        null,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        null);
        var deployment =
                new DeploymentSpec(
                        "recorded",
                        "toy",
                        at(0),
                        new TargetSpec("local", "local", 1, Map.of()),
                        List.of(component),
                        List.of(),
                        Objective.BALANCE,
                        Policy.SAFE,
                        null,
                        "test",
                        folder.toUri(),
                        "/",
                        1,
                        first,
                        null,
                        null,
                        null);
        RunFolder run = RunFolder.create(folder, "recorded");
        run.writeDeployment(deployment);
        run.writeInfo(
                new RunInfo(
                        "recorded",
                        "toy",
                        "local",
                        "local",
                        at(0),
                        at(9),
                        RunState.SUCCEEDED,
                        null,
                        null));
        var lines = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            boolean ran = i < 3;
            var task =
                    new TaskRecord(
                            "recorded/t/" + i,
                            "t",
                            "model",
                            i,
                            ran ? TaskState.SUCCEEDED : TaskState.CANCELLED,
                            1,
                            "w",
                            at(1),
                            at(1 + 2 * i),
                            at(3 + 2 * i),
                            ran ? 2.0 : null,
                            null,
                            null,
                            null,
                            List.of());
            lines.append(Json.mapper().writeValueAsString(task)).append('\n');
        }
        Files.writeString(run.file("tasks.jsonl"), lines);
        Files.writeString(
                run.file("decisions.jsonl"), Json.mapper().writeValueAsString(first) + "\n");
        return run;
    }

    private static Instant at(int seconds) {
        return Instant.parse("2026-01-31T14:25:01Z").plusSeconds(seconds);
    }

    private String manifest() throws IOException {
        return write("scalable.yaml", MANIFEST);
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private int execute(String... args) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
