package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .contains("say --provider-model", "not both", "'moon' is no provider model")
                .contains("--interval must be");
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
