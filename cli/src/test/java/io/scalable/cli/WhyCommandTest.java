package io.scalable.cli;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunInfo;
import io.scalable.client.run.RunState;
import io.scalable.contracts.Json;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WhyCommandTest {

    @TempDir Path runs;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void aRunWithTwoPlans() throws IOException {
        try (RunFolder run = RunFolder.create(runs, "run-1")) {
            run.writeInfo(
                    new RunInfo(
                            "run-1",
                            "p",
                            "local",
                            "local",
                            START,
                            null,
                            RunState.RUNNING,
                            null,
                            null));
            run.writeDeployment(aDeployment().pool("fit", 0, 4).pool("post", 0, 4).build());
        }
        String lines =
                Json.mapper().writeValueAsString(plan(1, 2, 0, 0))
                        + "\n"
                        + Json.mapper().writeValueAsString(plan(2, 2, 1, 30))
                        + "\n";
        Files.writeString(runs.resolve("run-1").resolve("decisions.jsonl"), lines);
    }

    @Test
    void everyChangeOfThePoolIsExplained() {
        assertThat(why("post")).isZero();
        assertThat(out.toString())
                .contains("30.0 s  0 -> 1 workers: because of post", "bound by tasks")
                .contains("confidence 0.50; done in 12.0 s")
                .doesNotContain("fit");
    }

    @Test
    void programsReadEachDecision() throws IOException {
        assertThat(why("fit", "--format", "json")).isZero();
        var decision = Json.mapper().readTree(out.toString()).at("/decisions/0");
        assertThat(decision.path("to").intValue()).isEqualTo(2);
        assertThat(decision.path("at_s").doubleValue()).isZero();
        assertThat(decision.path("binding_constraint").textValue()).isEqualTo("tasks");
    }

    @Test
    void anUnknownPoolNamesTheNearest() {
        assertThat(why("pots")).isEqualTo(1);
        assertThat(err.toString())
                .contains("run run-1 has no pool and no task 'pots'; nearest: post");
    }

    private static ScalePlan plan(long generation, int fit, int post, int atSeconds) {
        return new ScalePlan(
                "run-1",
                generation,
                List.of(
                        new PoolPlan("fit", fit, "because of fit", "tasks"),
                        new PoolPlan("post", post, "because of post", "tasks")),
                0.5,
                12.0,
                null,
                null,
                START.plusSeconds(atSeconds));
    }

    private int why(String pool, String... more) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        var args = new ArrayList<>(List.of("why", pool, "--runs-dir", runs.toString()));
        args.addAll(List.of(more));
        return command.execute(args.toArray(String[]::new));
    }
}
