package io.scalable.cli;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.client.run.FailureRecord;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunInfo;
import io.scalable.client.run.RunState;
import io.scalable.client.run.TaskRecord;
import io.scalable.contracts.Json;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the commands say of runs that have ended. */
class RecordedRunCommandsTest {

    private static final Failure EXIT_3 =
            new Failure(FailureClass.USER_ERROR, "exit", "exit 3", null);

    @TempDir Path runs;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void twoRuns() throws IOException {
        record(run("older", RunState.SUCCEEDED, START), List.of(task("older", "fit", 0, null)));
        record(
                run("newer", RunState.FAILED, START.plusSeconds(60)),
                List.of(
                        task("newer", "fit", 0, null),
                        task("newer", "fit", 1, EXIT_3),
                        task("newer", "plot", 0, null)));
        line(
                "newer/failures.jsonl",
                new FailureRecord("newer/fit/1", "fit", "model", 1, 1, true, "w1", EXIT_3, null));
        Path log = runs.resolve("newer/storage/logs/fit/1-1.err");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "no such luck\n");
    }

    @Test
    void runsAreListedNewestFirst() {
        assertThat(execute("runs", "list")).isZero();
        assertThat(out.toString())
                .containsSubsequence("ID", "STATE", "newer", "failed", "older", "succeeded");
        assertThat(quiet("runs", "list")).isEqualTo("newer\nolder\n");
        assertThat(quiet("runs", "list", "--state", "succeeded")).isEqualTo("older\n");
        assertThat(quiet("runs", "list", "--limit", "1")).isEqualTo("newer\n");
    }

    @Test
    void programsReadARunWithOneStyleOfNames() throws IOException {
        JsonNode newest = json("runs", "list").get(0);
        assertThat(newest.path("id").asText()).isEqualTo("newer");
        assertThat(newest.path("deployment_id").asText()).isEqualTo("newer");
        assertThat(newest.path("started_at").asText()).isEqualTo("2026-03-01T10:01:00Z");
        assertThat(json("runs", "show").at("/tasks/FAILED").asInt()).isEqualTo(1);
    }

    @Test
    void failedTasksAreFoundShownAndExplained() throws IOException {
        assertThat(quiet("tasks", "list", "--state", "failed")).isEqualTo("newer/fit/1\n");
        assertThat(quiet("tasks", "list", "--task", "plot")).isEqualTo("newer/plot/0\n");
        assertThat(execute("tasks", "show", "fit/1")).isZero();
        assertThat(out.toString()).contains("failed    attempt 1 on w1: USER_ERROR: exit 3");
        assertThat(json("tasks", "show", "newer/fit/1").at("/failed_attempts/0/attempt").asInt())
                .isEqualTo(1);
        assertThat(execute("why", "fit/1")).isZero();
        assertThat(out.toString()).contains("It ended failed: exit 3.");
    }

    @Test
    void theWholeIdOfATaskSaysOfWhichRunItIs() {
        assertThat(quiet("tasks", "show", "older/fit/0")).isEqualTo("older/fit/0\n");
    }

    @Test
    void aTasksLogIsPrintedAsItIs() throws IOException {
        assertThat(execute("logs", "fit/1")).isZero();
        assertThat(out.toString()).isEqualTo("no such luck\n");
        assertThat(json("logs", "fit/1").at("/streams/1/text").asText())
                .isEqualTo("no such luck\n");
        assertThat(execute("logs", "plot")).isEqualTo(1);
        assertThat(err.toString())
                .contains("newer/plot/0 (succeeded) has written nothing")
                .contains("plot/0-1.out");
    }

    @Test
    void aNameThatIsNoneNamesTheNearest() {
        assertThat(execute("tasks", "show", "fti/1")).isEqualTo(1);
        assertThat(err.toString()).contains("run newer has no task 'fti/1'; nearest: fit/1");
        assertThat(execute("tasks", "show", "fit")).isEqualTo(1);
        assertThat(err.toString()).contains("2 tasks are called fit; name one, such as fit/0");
        assertThat(execute("runs", "show", "odler")).isEqualTo(1);
        assertThat(err.toString()).contains("no run or deployment 'odler'").contains("older");
    }

    @Test
    void whatHasEndedCannotBeCancelled() {
        assertThat(execute("tasks", "cancel", "fit/1")).isEqualTo(1);
        assertThat(err.toString()).contains("newer/fit/1 has ended already: failed");
        assertThat(execute("cancel", "newer")).isEqualTo(1);
        assertThat(err.toString()).contains("run newer has ended (FAILED)");
    }

    @Test
    void aRunThatCouldBeGoneOnWithIsRemovedOnlyByForce() {
        assertThat(execute("runs", "remove", "older", "newer")).isEqualTo(1);
        assertThat(err.toString()).contains("scalable retry newer").contains("--force");
        assertThat(runs.resolve("older")).exists();

        assertThat(quiet("runs", "remove", "older")).isEqualTo("older\n");
        assertThat(quiet("runs", "remove", "newer", "--force")).isEqualTo("newer\n");
        assertThat(runs).isEmptyDirectory();
    }

    @Test
    void aRunWhoseProcessIsGoneIsInterrupted() throws IOException {
        record(run("left", RunState.RUNNING, START.plusSeconds(90)), List.of());

        assertThat(quiet("runs", "list", "--state", "interrupted")).isEqualTo("left\n");
        assertThat(quiet("deployments", "list")).isEmpty();
        assertThat(execute("runs", "show", "left")).isZero();
        assertThat(out.toString()).contains("interrupted: its process is gone");
    }

    @Test
    void aDamagedRunHidesNoOther() throws IOException {
        Files.writeString(runs.resolve("older/deployment.json"), "{");

        assertThat(quiet("runs", "list")).isEqualTo("newer\nolder\n");
    }

    private RunInfo run(String id, RunState state, Instant started) {
        Instant finished = state == RunState.RUNNING ? null : started.plusSeconds(10);
        return new RunInfo(id, "energy", "local", "local", started, finished, state, null, null);
    }

    private void record(RunInfo info, List<TaskRecord> tasks) throws IOException {
        try (RunFolder run = RunFolder.create(runs, info.id())) {
            run.writeInfo(info);
            run.writeDeployment(
                    aDeployment()
                            .id(info.id())
                            .pool("model", 4)
                            .storage(run.file("storage").toUri())
                            .build());
        }
        for (TaskRecord task : tasks) {
            line(info.id() + "/tasks.jsonl", task);
        }
    }

    private void line(String file, Object value) throws IOException {
        Path path = runs.resolve(file);
        String before = Files.exists(path) ? Files.readString(path) : "";
        Files.writeString(path, before + Json.mapper().writeValueAsString(value) + "\n");
    }

    private static TaskRecord task(String run, String name, int index, @Nullable Failure failure) {
        return new TaskRecord(
                run + "/" + name + "/" + index,
                name,
                "model",
                index,
                failure == null ? TaskState.SUCCEEDED : TaskState.FAILED,
                1,
                "w1",
                START,
                START,
                START.plusSeconds(2),
                2.0,
                null,
                failure,
                null,
                List.of());
    }

    private JsonNode json(String... args) throws IOException {
        return Json.mapper().readTree(said("json", args));
    }

    private String quiet(String... args) {
        return said("quiet", args);
    }

    private String said(String format, String... args) {
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--format", format));
        assertThat(execute(all.toArray(String[]::new))).as(err::toString).isZero();
        return out.toString();
    }

    private int execute(String... args) {
        out.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--runs-dir", runs.toString()));
        CommandLine command = Main.commandLine(all.toArray(String[]::new));
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }
}
