package io.scalable.cli;

import static io.scalable.client.TaskOption.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.scalable.cli.SdkTasks.Reading;
import io.scalable.client.PlanOptions;
import io.scalable.client.ScalableClient;
import io.scalable.client.ScalableSession;
import io.scalable.client.SessionOptions;
import io.scalable.client.TaskFailedException;
import io.scalable.client.TaskFuture;
import io.scalable.client.TaskOption;
import io.scalable.client.report.RunReport;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.Runs;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskState;
import io.scalable.planning.AdaptiveScaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK against the control plane that users get: a child process that runs the built jar. */
@Timeout(180)
class SdkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TaskOption POOL = tag("pool");

    @TempDir Path temp;

    @BeforeAll
    static void prepareTheCommand() throws IOException {
        PackagedCommand.prepare();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tasksRunInThreadsOrProcessesAndNothingIsLeft(boolean processes) throws Exception {
        try (var session = session(processes, 2)) {
            ScalableClient client = session.start();

            resultsComeInTheArgumentsOrder(client);
            aFailureTellsTypeMessageAndTheWorkersStack(client);
            aRunningTaskIsCancelled(client);
            Long worker = client.submit(SdkTasks::process, 0, POOL).get();
            assertThat(worker == ProcessHandle.current().pid()).isEqualTo(!processes);
            assertThat(children()).hasSizeGreaterThanOrEqualTo(processes ? 2 : 1);
        }

        assertThat(children()).isEmpty();
        assertThat(RunReport.of(new Runs(runs()).latest()).toText())
                .startsWith("Workers:\n  pool: ")
                .contains("1 failed")
                .contains("1 cancelled");
    }

    private static void resultsComeInTheArgumentsOrder(ScalableClient client) throws Exception {
        List<Reading> readings =
                IntStream.range(0, 40).mapToObj(i -> new Reading("s" + i, i)).toList();

        List<TaskFuture<Reading>> futures = client.map(SdkTasks::doubled, readings, POOL);
        TaskFuture<String> joined = client.submit(SdkTasks::joined, ",", futures, POOL);

        assertThat(client.gather(futures))
                .isEqualTo(
                        readings.stream()
                                .map(r -> new Reading(r.station(), 2 * r.value()))
                                .toList());
        assertThat(joined.get())
                .isEqualTo(String.join(",", readings.stream().map(Reading::station).toList()));
    }

    private static void aFailureTellsTypeMessageAndTheWorkersStack(ScalableClient client) {
        TaskFuture<Integer> broken = client.submit(SdkTasks::broken, "no such station", POOL);

        assertThatThrownBy(broken::get)
                .isInstanceOfSatisfying(
                        TaskFailedException.class,
                        failed -> {
                            assertThat(failed.type())
                                    .isEqualTo(IllegalArgumentException.class.getName());
                            assertThat(failed.failureMessage()).isEqualTo("no such station");
                            assertThat(failed.workerStack())
                                    .contains("io.scalable.cli.SdkTasks.broken");
                        });
        assertThat(broken.state()).isEqualTo(TaskState.FAILED);
    }

    private static void aRunningTaskIsCancelled(ScalableClient client) {
        TaskFuture<Integer> endless = client.submit(SdkTasks::endless, 1, POOL);
        await().atMost(PATIENCE).until(() -> endless.state() == TaskState.RUNNING);

        assertThatThrownBy(() -> endless.get(Duration.ofMillis(20)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("it is RUNNING");
        assertThat(endless.cancel()).isTrue();

        assertThatThrownBy(() -> endless.get(PATIENCE)).isInstanceOf(CancellationException.class);
        assertThat(endless.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(endless.cancel()).isFalse();
    }

    @Test
    void aDecisionSetsTheWorkerCountUntilThePoolIsGivenBack() throws Exception {
        try (var session = session(false, 2)) {
            var client = session.start(session.plan(PlanOptions.defaults().withPolicy("manual")));
            await().atMost(PATIENCE).until(() -> client.workerCount("pool") == 1);

            // A loop of batches asks again while what it asked for is on its way.
            for (int batch = 0; batch < 3; batch++) {
                session.apply(
                        scaler().evaluate(
                                        Map.of("pool", 30),
                                        Map.of("pool", client.workerCount("pool"))));
            }
            await().atMost(PATIENCE).until(() -> client.workerCount("pool") == 2);

            client.autoScale("pool");
            await().atMost(PATIENCE).until(() -> client.workerCount("pool") == 1);
        }
        assertThat(children()).isEmpty();
        RunFolder run = new Runs(runs()).latest();
        assertThat(run.requests().read())
                .extracting(ScaleRequested::mode, ScaleRequested::workers)
                .startsWith(tuple(ScaleRequested.Mode.EXACT, 2))
                .endsWith(tuple(ScaleRequested.Mode.AUTO, 0))
                .doesNotContain(tuple(ScaleRequested.Mode.EXACT, 3));
        assertThat(SimulateCommand.replay(run).exact()).isTrue();
    }

    @Test
    void closingStopsWhatStillRuns() throws Exception {
        TaskFuture<Integer> endless;
        try (var session = session(true, 1)) {
            endless = session.start().submit(SdkTasks::endless, 1, POOL);
            await().atMost(PATIENCE).until(() -> endless.state() == TaskState.RUNNING);
        }

        assertThatThrownBy(endless::get).isInstanceOf(CancellationException.class);
        assertThat(children()).isEmpty();
    }

    private ScalableSession session(boolean processes, int workers) throws IOException {
        Path manifest = temp.resolve("scalable.yaml");
        Files.writeString(
                manifest,
                """
                version: 1
                project: {name: sdk}
                targets:
                  local: {provider: local, max_workers: %d, processes: %s}
                components:
                  pool: {cpus: 1, memory: 256M, workers: 1}
                """
                        .formatted(workers, processes));
        return ScalableSession.fromYaml(
                manifest, "local", SessionOptions.defaults().withRuns(runs()));
    }

    private Path runs() {
        return temp.resolve("runs");
    }

    /** One that remembers nothing, as in a program that begins anew each time. */
    private static AdaptiveScaler scaler() {
        return AdaptiveScaler.builder().maxWorkers(Map.of("pool", 2)).build();
    }

    /** The control plane and the workers that this JVM started and that still live. */
    private static List<ProcessHandle> children() {
        return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).toList();
    }
}
