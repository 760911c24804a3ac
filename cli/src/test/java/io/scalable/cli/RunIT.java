package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.client.run.FailureRecord;
import io.scalable.client.run.TaskRecord;
import io.scalable.contracts.Json;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RunIT {

    private static final List<String> FILES =
            List.of(
                    "manifest.yaml",
                    "manifest.lock",
                    "plan.json",
                    "run.json",
                    "tasks.jsonl",
                    "observations.jsonl",
                    "requests.jsonl",
                    "workers.jsonl",
                    "decisions.jsonl",
                    "failures.jsonl",
                    "summary.json");

    /** Two pools; the second needs the first. */
    private static final String TWO_POOLS =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 2, processes: %s}
            components:
              measure: {cpus: 1, memory: 256M, classpath: ['%s']}
              gather: {cpus: 1, memory: 512M, classpath: ['%s']}
            tasks:
              value:
                component: measure
                foreach: [{site: x, n: 1}, {site: y, n: 2}, {site: x, n: 3}, {site: y, n: 4}]
                command: [printf, '{"n": %%s}', '{item.n}']
              site:
                component: gather
                foreach: [{site: x}, {site: y}]
                needs: [{task: value, group: site}]
                command: [cat]
              large:
                component: measure
                foreach: [300000, 5, 300001]
                handler: io.scalable.cli.SampleTasks::text
              lengths: {component: gather, needs: large, handler: 'io.scalable.cli.SampleTasks::lengths'}
            """;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoPoolsRunToTheirEndInThreadsAndInProcesses(boolean processes) throws Exception {
        Path classes = Path.of("target/test-classes").toAbsolutePath();
        try (var run =
                RunningCommand.run(folder, TWO_POOLS.formatted(processes, classes, classes))) {
            assertThat(run.exitStatus()).as(run.output()).isZero();

            List<TaskRecord> tasks = run.folder().tasks().read();
            assertThat(tasks).allSatisfy(t -> assertThat(t.state()).isEqualTo(TaskState.SUCCEEDED));
            assertThat(tasks).extracting(TaskRecord::taskId).doesNotHaveDuplicates().hasSize(10);
            assertThat(needed(run, "site", 0)).isEqualTo(json("[{'n': 1}, {'n': 3}]"));
            assertThat(needed(run, "site", 1)).isEqualTo(json("[{'n': 2}, {'n': 4}]"));
            assertThat(run.tasks("large"))
                    .extracting(t -> result(t).isReference())
                    .containsExactly(true, false, true);
            assertThat(value(run.tasks("lengths").getFirst()))
                    .isEqualTo(json("[300000, 5, 300001]"));

            assertThat(FILES).allSatisfy(name -> assertThat(run.folder().file(name)).exists());
            assertThat(run.folder().file("data")).doesNotExist();
            assertThat(report(run))
                    .containsPattern("(?s)^Workers:\n  measure: \\d+ started, .* final\n")
                    .containsPattern("\n  gather: \\d+ started, \\d+ removed, \\d+ final\n")
                    .containsPattern("\nScaling events: \\d+ scale-up, \\d+ scale-down\n");
            run.awaitNothingLeft();
        }
    }

    @Test
    void oneWorkerIsEnoughForTwoPools() throws Exception {
        String manifest =
                """
                version: 1
                targets:
                  local: {provider: local}
                components:
                  first: {cpus: 1, memory: 256M}
                  second: {cpus: 1, memory: 256M}
                tasks:
                  a: {component: first, command: [echo, '{item}'], foreach: {range: [0, 5]}}
                  b: {component: second, command: [cat], needs: a}
                  c: {component: first, command: [cat], needs: b}
                  later: {component: second}
                """;
        try (var run = RunningCommand.run(folder, manifest)) {
            assertThat(run.exitStatus()).as(run.output()).isZero();
            assertThat(simulated())
                    .containsPattern("(?m)^Replay: (\\d+) of \\1 decisions reproduced");

            assertThat(run.folder().tasks().read())
                    .hasSize(7)
                    .allSatisfy(t -> assertThat(t.state()).isEqualTo(TaskState.SUCCEEDED));
            assertThat(needed(run, "b", 0, "a")).isEqualTo(json("[0, 1, 2, 3, 4]"));
            assertThat(run.output())
                    .contains("Task later has neither handler nor command: planned, not run");
        }
    }

    @Test
    void aSharedTargetWithoutMaximumIsWarnedOfAtTheStartAndInTheReport() throws Exception {
        String manifest =
                """
                version: 1
                targets:
                  hpc: {provider: slurm, queue: batch, account: energy}
                components:
                  model: {cpus: 8, memory: 32G}
                tasks:
                  later: {component: model}
                """;
        try (var run = RunningCommand.run(folder, manifest)) {
            assertThat(run.exitStatus()).as(run.output()).isZero();
            String warning = "arning: target hpc is paid for or shared and sets no maximum";
            assertThat(run.output())
                    .containsSubsequence("scalable: w" + warning, "Run ", "W" + warning)
                    .contains("at most 64 model workers");
            assertThat(report(run)).contains("W" + warning);
        }
    }

    @Test
    void aTaskThatFailsIsTriedAgainThenReportedAndItsChildIsSkipped() throws Exception {
        String manifest =
                """
                version: 1
                targets:
                  local: {provider: local, max_workers: 2}
                components:
                  shell: {cpus: 1, memory: 256M}
                tasks:
                  bad:
                    component: shell
                    command: [sh, -c, 'echo some words; echo no such luck >&2; exit 3']
                    retries: 2
                  child: {component: shell, command: [cat], needs: bad}
                  fine: {component: shell, command: [echo, good]}
                """;
        try (var run = RunningCommand.run(folder, manifest)) {
            assertThat(run.exitStatus()).as(run.output()).isEqualTo(1);

            TaskRecord bad = run.tasks("bad").getFirst();
            assertThat(bad.state()).isEqualTo(TaskState.FAILED);
            assertThat(bad.attempts()).isEqualTo(3);
            assertThat(run.tasks("child").getFirst().state()).isEqualTo(TaskState.SKIPPED);
            assertThat(run.tasks("fine").getFirst().state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(run.folder().failures().read())
                    .extracting(FailureRecord::attempt, FailureRecord::gaveUp)
                    .containsExactly(tuple(1, false), tuple(2, false), tuple(3, true));
            assertThat(run.output()).contains("bad: exit 3").contains("no such luck");

            Path logs = run.folder().file("storage").resolve("logs");
            assertThat(logs.resolve("bad/0-3.out")).hasContent("some words");
            assertThat(logs.resolve("bad/0-1.err")).hasContent("no such luck");
            assertThat(logs.resolve("fine/0-1.out")).hasContent("good");
        }
    }

    private String report(RunningCommand run) throws IOException, InterruptedException {
        assertThat(run.output()).contains("\nWorkers:\n");
        try (var report =
                RunningCommand.start(folder, "report", "--latest", "--runs-dir", "runs")) {
            assertThat(report.exitStatus()).as(report.output()).isZero();
            return report.output();
        }
    }

    /** What the run looks like in virtual time, and whether its decisions come out again. */
    private String simulated() throws IOException, InterruptedException {
        try (var simulate =
                RunningCommand.start(
                        folder, "simulate", "--run-id", "latest", "--runs-dir", "runs")) {
            assertThat(simulate.exitStatus()).as(simulate.output()).isZero();
            return simulate.output();
        }
    }

    private JsonNode needed(RunningCommand run, String task, int index) throws IOException {
        return needed(run, task, index, "value");
    }

    /** What the task, which returns its input, was given of the tasks called {@code parents}. */
    private JsonNode needed(RunningCommand run, String task, int index, String parents)
            throws IOException {
        return value(run.tasks(task).get(index)).get("needs").get(parents);
    }

    private static JsonNode value(TaskRecord task) {
        JsonNode value = result(task).value();
        assertThat(value).as("inline result of %s", task.taskId()).isNotNull();
        return value;
    }

    private static Payload result(TaskRecord task) {
        assertThat(task.result()).as("result of %s", task.taskId()).isNotNull();
        return task.result();
    }

    private static JsonNode json(String text) throws IOException {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }
}
