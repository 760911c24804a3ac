package io.scalable.worker;

import static io.scalable.worker.Leases.lease;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.CallerLocale;
import io.scalable.contracts.Json;
import io.scalable.contracts.Work;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.testkit.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker as a process of its own. */
class WorkerMainIT {

    private static TestBroker kafka;
    private static DispatcherDouble dispatcher;

    @TempDir Path folder;
    private Process process;

    @BeforeAll
    static void startBroker() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        kafka = TestBroker.start();
        try (var admin = new TopicAdmin(kafka.clientProperties())) {
            admin.ensureShared(1);
            admin.createDeployment(Leases.DEPLOYMENT, 1);
        }
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
        dispatcher.close();
    }

    @Test
    void aProcessRunsATaskAndExitsWithZeroAfterADrain() throws Exception {
        start();
        dispatcher.send(lease("echo", 0, 1, command("echo hello")), 0);
        assertThat(dispatcher.finished("d1/echo/0").result().value().asText()).isEqualTo("hello");

        dispatcher.send(new DrainRequested(Leases.WORKER, "done"), 0);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(folder.resolve("stderr")).isEmptyFile();
    }

    @Test
    void whatRunsMayFinishAfterTheFirstSigtermAndTheExitStatusIsZero() throws Exception {
        start(Duration.ofMinutes(5));
        dispatcher.send(
                lease("waits", 0, 1, command("until [ -e go ]; do sleep 0.1; done; echo done")), 0);
        dispatcher.await1(AttemptStarted.class, _ -> true);
        dispatcher.send(lease("queued", 0, 1, command("echo never")), 0);

        terminate();
        dispatcher.await1(WorkerHeartbeat.class, beat -> beat.draining());
        Files.createFile(folder.resolve("go"));

        assertThat(dispatcher.finished("d1/waits/0").result().value().asText()).isEqualTo("done");
        assertThat(dispatcher.await1(WorkerLeft.class, _ -> true).reason()).isEqualTo("terminated");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(dispatcher.count(AttemptStarted.class)).isEqualTo(1);
    }

    @Test
    void aSecondSigtermCutsShortWhatRunsAndNothingGoesOn() throws Exception {
        start(Duration.ofMinutes(5));
        long child = startSleepingCommand();

        terminate();
        dispatcher.await1(WorkerHeartbeat.class, beat -> beat.draining());
        terminate();

        assertPreempted("d1/sleep/0");
        assertThat(Processes.alive(child)).isFalse();
    }

    @Test
    void whatStillRunsAfterTheGraceIsCutShort() throws Exception {
        start(Duration.ofMillis(100));
        long child = startSleepingCommand();

        terminate();

        assertPreempted("d1/sleep/0");
        assertThat(Processes.alive(child)).isFalse();
    }

    /** As a batch system does it, which signals the command and the worker alike. */
    @Test
    void aCommandThatIsSignalledWithItsWorkerIsNotToBlame() throws Exception {
        start(Duration.ofMinutes(5));
        dispatcher.send(lease("job", 0, 1, command("echo $$ > pid; exec sleep 300")), 0);
        long command = awaitPid();

        assertThat(ProcessHandle.of(command).orElseThrow().destroy()).isTrue();
        terminate();

        assertPreempted("d1/job/0");
    }

    private void assertPreempted(String taskId) throws InterruptedException {
        assertThat(dispatcher.finished(taskId).failure().failureClass())
                .isEqualTo(FailureClass.PREEMPTED);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** Through the handle: the process's own call would close its standard input as well. */
    private void terminate() {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    @Test
    void aKilledProcessLeavesNothingRunning() throws Exception {
        start();
        long child = startSleepingCommand();
        Instant running = Instant.now();
        dispatcher.await1(WorkerHeartbeat.class, beat -> beat.at().isAfter(running));

        process.destroyForcibly();

        await().until(() -> !Processes.alive(child));
    }

    @Test
    void aProcessEndsWithItsStandardInputIfItsParentAsksForThat() throws Exception {
        start("-Dscalable.worker.ends-with-stdin=true");
        long child = startSleepingCommand();

        process.getOutputStream().close();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        await().until(() -> !Processes.alive(child));
    }

    @Test
    void aProcessThatTakesLeasesMakesAFileBesideItsConfiguration() throws Exception {
        start();

        await().untilAsserted(() -> assertThat(folder.resolve("worker.ready")).exists());
    }

    @Test
    void aConfigurationThatCannotBeReadIsOneClearLine() throws Exception {
        dispatcher = new DispatcherDouble(kafka.clientProperties(), Leases.DEPLOYMENT);
        launch(folder.resolve("missing.json"));

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("stderr")))
                .singleElement()
                .asString()
                .startsWith("scalable worker: cannot read the configuration");
    }

    private long startSleepingCommand() throws Exception {
        dispatcher.send(lease("sleep", 0, 1, command("sleep 300 & echo $! > pid; wait")), 0);
        return awaitPid();
    }

    private long awaitPid() {
        Path pid = folder.resolve("pid");
        await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
        return Processes.read(pid);
    }

    private void start(String... options) throws Exception {
        start(WorkerConfig.DEFAULT_GRACE, options);
    }

    private void start(Duration grace, String... options) throws Exception {
        dispatcher = new DispatcherDouble(kafka.clientProperties(), Leases.DEPLOYMENT);
        var config =
                new WorkerConfig(
                                Leases.DEPLOYMENT,
                                "forecast",
                                Leases.WORKER,
                                1,
                                0,
                                kafka.clientProperties(),
                                folder.resolve("storage").toUri(),
                                folder,
                                List.of(),
                                Map.of(),
                                null)
                        .withGrace(grace);
        Path file =
                Files.createFile(
                        folder.resolve("worker.json"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Json.mapper().writeValue(file.toFile(), config);
        long begin = System.nanoTime();
        launch(file, options);
        dispatcher.await1(WorkerReady.class, ready -> ready.pid() == process.pid());
        System.out.printf("worker process ready after %.2f s%n", (System.nanoTime() - begin) / 1e9);
    }

    private void launch(Path config, String... options) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(WorkerMain.class.getName(), config.toString()));
        var builder = new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile());
        CallerLocale.speakUtf8(builder.environment());
        process = builder.start();
    }

    private static Work.Command command(String script) {
        return new Work.Command(List.of("sh", "-c", script), null);
    }
}
