package io.scalable.worker;

import static io.scalable.worker.Leases.lease;
import static io.scalable.worker.Leases.withInput;
import static io.scalable.worker.Leases.withTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.testkit.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker against a real broker; the test plays the dispatcher. */
class WorkerIT {

    private static final int PARTITION = 1;
    private static final String HANDLERS = SampleTasks.class.getName() + "::";
    private static TestBroker kafka;

    @TempDir Path folder;
    private TopicAdmin admin;
    private DispatcherDouble dispatcher;
    private Worker worker;
    private CompletableFuture<Void> ran;

    @BeforeAll
    static void startBroker() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        kafka = TestBroker.start();
        try (var admin = new TopicAdmin(kafka.clientProperties())) {
            admin.ensureShared(1);
        }
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void makeDeployment() {
        admin = new TopicAdmin(kafka.clientProperties());
        admin.createDeployment(Leases.DEPLOYMENT, 2);
    }

    @AfterEach
    void end() {
        if (worker != null) {
            worker.close();
            dispatcher.close();
        }
        admin.deleteDeployment(Leases.DEPLOYMENT);
        admin.close();
    }

    @Test
    void aWorkerIntroducesItselfAndBeats() {
        startWorker(2);

        WorkerReady ready = dispatcher.await1(WorkerReady.class, this::mine);
        assertThat(ready.slots()).isEqualTo(2);
        assertThat(ready.partition()).isEqualTo(PARTITION);
        assertThat(ready.component()).isEqualTo("forecast");
        assertThat(ready.pid()).isEqualTo(ProcessHandle.current().pid());
        WorkerHeartbeat beat = dispatcher.await1(WorkerHeartbeat.class, this::mine);
        assertThat(beat.held()).isEmpty();
        assertThat(beat.draining()).isFalse();
        assertThat(worker.state()).isEqualTo(WorkerState.READY);
    }

    @Test
    void aLeaseIsRunAndReported() throws Exception {
        startWorker(1);
        grant(withInput(handler("length", 0, 1), "\"four\""));

        AttemptFinished finished = dispatcher.finished("d1/length/0");

        assertThat(finished.attempt()).isEqualTo(1);
        assertThat(finished.result()).isEqualTo(Payload.of(Leases.json("4")));
        assertThat(finished.durationSeconds()).isPositive();
        assertThat(dispatcher.count(AttemptStarted.class)).isLessThanOrEqualTo(1);
    }

    @Test
    void aWorkerWhoseClockIsHoursAheadIsHeard() throws Exception {
        try (var producer = KafkaClients.producer(kafka.clientProperties(), "ahead", Map.of())) {
            long ahead = Instant.now().plus(Duration.ofHours(5)).toEpochMilli();

            var sent =
                    producer.send(
                            new ProducerRecord<>(
                                    Topics.WORKER_REPORTS, 0, ahead, new byte[0], new byte[0]));

            assertThat(sent.get().timestamp()).as("the broker's own time").isLessThan(ahead);
        }
    }

    @Test
    void anAllocationThatIsOverByItsOwnClockIsNamed() {
        var over = config(1, PARTITION).withEndsAt(Instant.parse("2020-01-01T00:00:00Z"));
        try (var late = new Worker(over, WorkerIT.class.getClassLoader())) {
            assertThat(catchThrowable(late::run))
                    .isInstanceOf(WorkerFailedException.class)
                    .hasMessageContaining("ended at 2020-01-01T00:00:00Z, and the clock of")
                    .hasMessageContaining("is that clock right?");
        }
    }

    @Test
    void aLeaseThatCannotBeReadIsAnswered() throws Exception {
        startWorker(1);
        String lease =
                "{\"type\":\"LeaseGranted\",\"workerId\":\"d1-forecast-1\",\"taskId\":\"d1/new/0\","
                        + "\"attempt\":1,\"work\":{\"type\":\"Dream\"}}";
        dispatcher.send(Leases.WORKER, lease.getBytes(), PARTITION);

        var failure = dispatcher.finished("d1/new/0").failure();

        assertThat(failure.failureClass()).isEqualTo(FailureClass.START_FAILURE);
        assertThat(failure.message()).contains("cannot read this attempt's lease");
    }

    @Test
    void othersLeasesAndBrokenOnesAreSkipped() throws Exception {
        startWorker(1);
        byte[] broken = "{\"type\":\"LeaseGranted\"".getBytes();
        dispatcher.send("d1-forecast-2", broken, PARTITION);
        dispatcher.send(Leases.WORKER, broken, PARTITION);
        grant(handler("nothing", 0, 1));

        assertThat(dispatcher.finished("d1/nothing/0").failure()).isNull();
    }

    @Test
    void whatAHandlerPrintsIsKept() throws Exception {
        startWorker(1);
        grant(withInput(handler("prints", 4, 1), "\"hello\""));
        assertThat(dispatcher.finished("d1/prints/4").failure()).isNull();

        await().untilAsserted(
                        () ->
                                assertThat(folder.resolve("logs/prints/4-1.out"))
                                        .hasContent("out hello\nhelper hello"));
        assertThat(folder.resolve("logs/prints/4-1.err")).hasContent("err hello");
    }

    @Test
    void largeValuesTravelByReference() throws Exception {
        startWorker(1);
        grant(withInput(handler("large", 0, 1), "300000"));

        Payload large = dispatcher.finished("d1/large/0").result();

        assertThat(large.ref()).isEqualTo(folder.resolve("results/large/0-1.json").toUri());
        var text = Payloads.at(folder.toUri()).read(large);
        assertThat(text.asText()).hasSize(300_000);
        grant(withInput(handler("length", 0, 1), large));
        assertThat(dispatcher.finished("d1/length/0").result())
                .isEqualTo(Payload.of(Leases.json("300000")));
    }

    @Test
    void aHeartbeatSaysWhatIsHeldAndDrainingHandsBackWhatWaits() throws Exception {
        startWorker(1);
        Path file = folder.resolve("go");
        grant(withInput(handler("waitsFor", 0, 1), "\"" + file + "\""));
        grant(withInput(handler("waitsFor", 1, 1), "\"" + file + "\""));
        dispatcher.await1(
                WorkerHeartbeat.class,
                beat ->
                        beat.held()
                                .equals(
                                        List.of(
                                                new HeldAttempt("d1/waitsFor/0", 1, true),
                                                new HeldAttempt("d1/waitsFor/1", 1, false))));

        dispatcher.send(new DrainRequested(Leases.WORKER, "scale-in"), PARTITION);

        dispatcher.await1(
                WorkerHeartbeat.class,
                beat ->
                        beat.draining()
                                && beat.held()
                                        .equals(
                                                List.of(
                                                        new HeldAttempt(
                                                                "d1/waitsFor/0", 1, true))));
        assertThat(worker.state()).isEqualTo(WorkerState.DRAINING);
        Files.createFile(file);
        assertThat(dispatcher.finished("d1/waitsFor/0").failure()).isNull();
        assertThat(dispatcher.await1(WorkerLeft.class, this::mine).reason()).isEqualTo("drained");
        ran.get();
        assertThat(worker.state()).isEqualTo(WorkerState.LEFT);
        assertThat(dispatcher.count(AttemptStarted.class)).isEqualTo(1);
    }

    @Test
    void aRevokedAttemptIsStoppedAndNothingMoreIsSaidOfIt() throws Exception {
        startWorker(1);
        grant(withInput(handler("sleeps", 0, 1), "60"));
        dispatcher.await1(AttemptStarted.class, this::mine);

        dispatcher.send(new LeaseRevoked(Leases.WORKER, "d1/sleeps/0", 1), PARTITION);
        grant(handler("nothing", 0, 1));

        assertThat(dispatcher.finished("d1/nothing/0").failure()).isNull();
        assertThat(dispatcher.count(AttemptFinished.class)).isEqualTo(1);
    }

    @Test
    void aTimeoutInterruptsTheHandler() throws Exception {
        startWorker(1);
        grant(withTimeout(withInput(handler("sleeps", 0, 1), "60"), 0.2));

        AttemptFinished finished = dispatcher.finished("d1/sleeps/0");

        assertThat(finished.failure().failureClass()).isEqualTo(FailureClass.TIMEOUT);
        assertThat(finished.failure().message()).contains("0.2 s");
        assertThat(finished.durationSeconds()).isLessThan(10);
    }

    @Test
    void aHandlerThatIgnoresItsInterruptLosesItsSlot() throws Exception {
        startWorker(1);
        grant(withTimeout(withInput(handler("ignoresInterrupts", 0, 1), "90"), 0.1));
        grant(handler("nothing", 0, 1));

        assertThat(dispatcher.finished("d1/ignoresInterrupts/0").failure().failureClass())
                .isEqualTo(FailureClass.TIMEOUT);
        assertThat(dispatcher.finished("d1/nothing/0").durationSeconds()).isLessThan(5);
    }

    @Test
    void closingStopsCommandsAndReportsNothingOfThem() throws Exception {
        startWorker(1);
        grant(
                lease(
                        "cmd",
                        0,
                        1,
                        new Work.Command(List.of("sh", "-c", "echo $$ > pid; sleep 300"), null)));
        Path file = folder.resolve("pid");
        await().until(() -> Files.exists(file) && Files.size(file) > 1);

        worker.close();

        assertThat(Processes.alive(Processes.read(file))).isFalse();
        assertThat(dispatcher.await1(WorkerLeft.class, this::mine).reason()).isEqualTo("stopped");
        assertThat(dispatcher.count(AttemptFinished.class)).isZero();
    }

    @Test
    void aWorkerLeavesWhenItsDeploymentsTopicsAreGone() throws Exception {
        startWorker(1);
        dispatcher.await1(WorkerReady.class, this::mine);

        admin.deleteDeployment(Leases.DEPLOYMENT);

        assertThat(dispatcher.await1(WorkerLeft.class, this::mine).reason())
                .isEqualTo("deployment ended");
        ran.get();
    }

    @Test
    void aPartitionThatIsNotThereIsNamed() {
        var config = config(1, 7);
        try (var lost = new Worker(config, WorkerIT.class.getClassLoader())) {
            assertThat(catchThrowable(lost::run))
                    .isInstanceOf(WorkerFailedException.class)
                    .hasMessageContaining("cannot read scalable.assignments.d1-7")
                    .hasMessageContaining("only 2 partitions");
            assertThat(lost.state()).isEqualTo(WorkerState.LEFT);
        }
    }

    @Test
    void thousandsOfSmallTasksEndOnceEach() throws Exception {
        startWorker(2);
        int count = 5_000;
        long begin = System.nanoTime();
        dispatcher.sendAll(
                IntStream.range(0, count).mapToObj(i -> handler("nothing", i, 1)).toList(),
                PARTITION);
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> dispatcher.count(AttemptFinished.class) >= count);
        System.out.printf("%.0f no-op tasks/s%n", count / ((System.nanoTime() - begin) / 1e9));

        assertThat(
                        dispatcher.reports().stream()
                                .filter(AttemptFinished.class::isInstance)
                                .map(AttemptFinished.class::cast)
                                .map(AttemptFinished::taskId))
                .doesNotHaveDuplicates()
                .hasSize(count);
    }

    private void startWorker(int slots) {
        dispatcher = new DispatcherDouble(kafka.clientProperties(), Leases.DEPLOYMENT);
        worker = new Worker(config(slots, PARTITION), WorkerIT.class.getClassLoader());
        ran = CompletableFuture.runAsync(worker::run, task -> new Thread(task, "worker").start());
        await().until(() -> worker.state() == WorkerState.READY);
    }

    private WorkerConfig config(int slots, int partition) {
        return new WorkerConfig(
                Leases.DEPLOYMENT,
                "forecast",
                Leases.WORKER,
                slots,
                partition,
                kafka.clientProperties(),
                folder.toUri(),
                folder,
                List.of(),
                Map.of(),
                null);
    }

    private boolean mine(WorkerReport report) {
        return report.workerId().equals(Leases.WORKER);
    }

    private void grant(LeaseGranted lease) throws Exception {
        dispatcher.send(lease, PARTITION);
    }

    private static LeaseGranted handler(String method, int index, int attempt) {
        return lease(method, index, attempt, new Work.Handler(HANDLERS + method));
    }
}
