package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.service.ServiceEvent.DeploymentReleased;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseParents;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.dispatcher.Samples;
import io.scalable.dispatcher.domain.Rules;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTopologyTest {

    private static final String ID = "run-1";
    private static final JsonCodec<TaskCommand> TASK = JsonCodec.of(TaskCommand.class);

    @TempDir Path folder;
    private final OwnTopicsDouble own = new OwnTopicsDouble();
    private final Map<String, Long> ends = new HashMap<>();
    private final List<TaskResult> written = new ArrayList<>();
    private final ManualClocks clocks = new ManualClocks();
    private final Ownership ownership =
            new Ownership(new PauseDetector(Duration.ofSeconds(2), clocks));
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        var topology =
                DispatcherTopology.of(
                        Rules.standard(),
                        Duration.ofMillis(100),
                        new Placement(1),
                        inputs(),
                        own,
                        ownership);
        var settings =
                StreamsSettings.of(
                        Map.of("bootstrap.servers", "nowhere:1"),
                        HostSettings.in(folder.resolve("state")),
                        Duration.ofSeconds(3));
        driver = new TopologyTestDriver(topology, settings, Samples.START);
    }

    @AfterEach
    void stop() {
        driver.close();
        ownership.close();
    }

    @Test
    void aTaskGoesThroughTheTopics() {
        declare();
        submit("fit", 0);
        ready("w1");
        finish("w1", "fit", 0, "done");

        assertThat(own(own.assignments, Assignment.class))
                .singleElement()
                .isInstanceOf(LeaseGranted.class);
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class))
                .last()
                .isInstanceOf(TaskSucceeded.class);
        assertThat(own(own.results, TaskResult.class))
                .singleElement()
                .matches(r -> r.result().value().asText().equals("done"));
    }

    @Test
    void everyRecordNamesItsSchema() {
        declare();
        submit("fit", 0);

        var events =
                driver.createOutputTopic(
                        Topics.TASK_EVENTS,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        assertThat(events.readRecord().headers().lastHeader("ce_dataschema").value())
                .asString()
                .isEqualTo("urn:scalable:TaskQueued:1.0");
    }

    @Test
    void demandComesWithTime() {
        declare();
        driver.advanceWallClockTime(Duration.ofMillis(100));

        assertThat(read(Topics.POOL_DEMAND, PoolDemand.class))
                .singleElement()
                .matches(d -> d.pools().size() == 2);
    }

    @Test
    void aRecordThatDoesNotDecodeBecomesADeadLetterAndNothingStops() {
        declare();
        pipe(Topics.TASKS, "{\"type\":\"SubmitTask\"".getBytes(StandardCharsets.UTF_8));
        pipe(
                Topics.TASKS,
                "{\"type\":\"SubmitTask\",\"deploymentId\":\"run-1\"}"
                        .getBytes(StandardCharsets.UTF_8));
        submit("fit", 0);

        assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class))
                .hasSize(2)
                .allMatch(d -> d.topic().equals(Topics.TASKS) && d.consumer().equals("dispatcher"))
                .last()
                .matches(d -> d.reason().contains("taskId is missing"));
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class)).hasSize(1);
    }

    @Test
    void thePlanOfAnEndedDeploymentIsNoBadRecord() {
        declare();
        pipe(Topics.SCALE_PLANS, null);

        assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class)).isEmpty();
    }

    @Test
    void afterTheTombstoneNothingGoesToTheDeploymentsTopics() {
        declare();
        submit("fit", 0);
        ready("w1");
        assertThat(own(own.assignments, Assignment.class)).hasSize(1);

        pipe(Topics.DEPLOYMENTS, null);
        assertThat(own.assignments).as("also revoked and drained").hasSize(3);
        assertThat(own.forgotten).containsExactly(ID);
        own.assignments.clear();

        submit("fit", 1);
        finish("w1", "fit", 0, "late");
        driver.advanceWallClockTime(Duration.ofSeconds(20));

        assertThat(own(own.assignments, Assignment.class)).isEmpty();
        assertThat(own(own.results, TaskResult.class)).isEmpty();
    }

    @Test
    void thousandsOfLargeResultsOfParentsComeAheadOfTheirLease() {
        declare(Samples.group("fit", 40), Samples.group("sum", 1, "fit"));
        ready("w1");
        for (int i = 0; i < 40; i++) {
            submit("fit", i);
            finish("w1", "fit", i, i + "x".repeat(100_000));
        }
        pipe(Topics.TASKS, TASK.encode(Samples.task(ID, "sum", 0, ID + "/fit/*")));

        List<Assignment> last = own(own.assignments, Assignment.class);
        LeaseGranted lease = (LeaseGranted) last.getLast();
        assertThat(lease.parentRecords()).isGreaterThan(10);
        assertThat(last.subList(last.size() - 1 - lease.parentRecords(), last.size() - 1))
                .allMatch(LeaseParents.class::isInstance);
        assertThat(own.assignments).allMatch(r -> r.value().length < 300 * 1024);
    }

    @Test
    void aDamagedRowSetsItsDeploymentAsideAndAllOthersGoOn() {
        rows().put(ID + "|t/x", "{\"row\":\"task\",\"v\":1}".getBytes(StandardCharsets.UTF_8));
        declareOther();

        submitOther(0);
        submit("fit", 0);
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class))
                .extracting(TaskEvent::deploymentId)
                .containsOnly("other");
        assertThat(read(Topics.SERVICE_EVENTS, ServiceEvent.class))
                .singleElement()
                .isInstanceOfSatisfying(
                        DeploymentSetAside.class,
                        event -> {
                            assertThat(event.deploymentId()).isEqualTo(ID);
                            assertThat(event.service()).isEqualTo("dispatcher");
                            assertThat(event.reason()).contains("row " + ID + "|t/x");
                        });
        assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class))
                .singleElement()
                .matches(d -> d.reason().contains("set deployment run-1 aside"))
                .matches(d -> d.reason().contains("undeploy"));
    }

    @Test
    void aNewerSpecOfADeploymentThatIsSetAsideReleasesItIfItsRowsCanBeReadNow() {
        rows().put(ID + "|t/x", "{}".getBytes(StandardCharsets.UTF_8));
        declare();
        submit("fit", 0);
        assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class)).hasSize(2);

        rows().delete(ID + "|t/x");
        declare();
        submit("fit", 1);

        assertThat(read(Topics.SERVICE_EVENTS, ServiceEvent.class))
                .last()
                .isInstanceOf(DeploymentReleased.class);
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class)).hasSize(1);
        assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class)).isEmpty();
    }

    @Test
    void theTombstoneOfADeploymentThatIsSetAsideReleasesItWithoutItsRows() {
        rows().put(ID + "|t/x", "{}".getBytes(StandardCharsets.UTF_8));
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        pipe(Topics.DEPLOYMENTS, null);

        assertThat(read(Topics.SERVICE_EVENTS, ServiceEvent.class))
                .hasSize(2)
                .last()
                .isInstanceOf(DeploymentReleased.class);
        assertThat(rows().get(ID + "|t/x")).isNull();
        assertThat(rows().get(ID + "|d")).isNotNull();
        declare();
        submit("fit", 0);
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class)).hasSize(1);
    }

    @Test
    void aFailureWithTimeSetsTheDeploymentAsideOnce() {
        declareOther();
        declare();
        submit("fit", 0);
        ready("w1");
        // A worker that is lost gives its task back, which needs the spec that is gone.
        rows().delete(ID + "|s/" + ID + "/fit/0");
        restart();
        for (int i = 0; i < 100; i++) {
            driver.advanceWallClockTime(Duration.ofMillis(100));
        }
        submitOther(0);

        assertThat(read(Topics.SERVICE_EVENTS, ServiceEvent.class))
                .singleElement()
                .isInstanceOf(DeploymentSetAside.class);
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class))
                .last()
                .matches(e -> e.deploymentId().equals("other"));
    }

    @Test
    void aResultThatItsTopicDoesNotTakeIsSentAgainUntilItHasIt() {
        declare();
        submit("fit", 0);
        ready("w1");
        own.missing = true;
        finish("w1", "fit", 0, "done");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(rows().get(ID + "|u/" + ID + "/fit/0")).isNotNull();

        own.missing = false;
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(own(own.results, TaskResult.class))
                .singleElement()
                .matches(r -> r.result().value().asText().equals("done"));
        assertThat(rows().get(ID + "|u/" + ID + "/fit/0")).isNull();
    }

    @Test
    void aProcessThatStoodStillWritesNothingBeforeTheGroupIsAsked() {
        declare();
        ready("w1");
        clocks.pass(Duration.ofSeconds(20));

        assertThatThrownBy(() -> submit("fit", 0))
                .hasStackTraceContaining(TaskMigratedException.class.getName());
        assertThatThrownBy(() -> driver.advanceWallClockTime(Duration.ofSeconds(1)))
                .hasStackTraceContaining(TaskMigratedException.class.getName());

        assertThat(rows().get(ID + "|t/" + ID + "/fit/0")).isNull();
        assertThat(own.assignments).isEmpty();
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class)).isEmpty();
    }

    @Test
    void unreadHeartbeatsAreNoSilence() {
        declare();
        ready("w1");
        submit("fit", 0);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        ends.put(Topics.WORKER_REPORTS, 2L);
        for (int i = 0; i < 200; i++) {
            driver.advanceWallClockTime(Duration.ofMillis(100));
        }
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class))
                .noneMatch(WorkerLost.class::isInstance);

        ready("w1");
        ends.clear();
        for (int i = 0; i < 100; i++) {
            driver.advanceWallClockTime(Duration.ofMillis(100));
        }
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class))
                .anyMatch(WorkerLost.class::isInstance);
    }

    @Test
    void nothingIsLeasedBeforeTheInputsAreReadToTheirEnds() {
        ends.put(Topics.TASKS, 2L);
        declare();
        ready("w1");
        submit("fit", 0);
        driver.advanceWallClockTime(Duration.ofSeconds(5));
        assertThat(own.assignments).isEmpty();

        submit("fit", 1);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(own.assignments).as("the worker may still say what it holds").isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(2));

        assertThat(own(own.assignments, Assignment.class)).first().isInstanceOf(LeaseGranted.class);
    }

    @Test
    void aResultThatWasWrittenBeforeItsRowsIsTheResultAfterARestart() {
        declare();
        submit("fit", 0);
        ready("w1");
        Map<String, byte[]> before = rowsNow();
        finish("w1", "fit", 0, "done");
        written.addAll(own(own.results, TaskResult.class));
        own.results.clear();

        driver.close();
        start();
        before.forEach(rows()::put);
        pipe(Topics.TASKS, TASK.encode(new CancelTask(ID, ID + "/fit/0", "too late")));
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(written).singleElement().matches(r -> r.state() == TaskState.SUCCEEDED);
        assertThat(own(own.results, TaskResult.class))
                .allMatch(r -> r.state() == TaskState.SUCCEEDED);
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class))
                .last()
                .isInstanceOf(TaskSucceeded.class);
    }

    @Test
    void aWorkerThatNamesAPartitionWhichIsNotThereIsRefused() {
        declare();
        submit("fit", 0);
        report(new WorkerReady(ID, "rogue", "forecast", 9, 4, "x", 1, null, Samples.START));
        report(new WorkerReady(ID, "worse", "forecast", 9, -1, "x", 1, null, Samples.START));

        assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class))
                .extracting(DeadLetter::reason)
                .hasSize(2)
                .first(InstanceOfAssertFactories.STRING)
                .contains("partition: found 4, wanted 0 to 3");
        assertThat(own.assignments).isEmpty();
    }

    @Test
    void whatIsNestedTooDeepIsADeadLetterAndNothingElse() {
        declare();
        ready("w1");
        String deep = "[".repeat(998) + "]".repeat(998);
        pipe(
                Topics.TASKS,
                ("{\"type\":\"SubmitTask\",\"deploymentId\":\"run-1\",\"taskId\":\"run-1/deep/0\","
                     + "\"tag\":\"forecast\",\"work\":{\"kind\":\"command\",\"argv\":[\"true\"]},"
                     + "\"input\":{\"value\":"
                                + deep
                                + "}}")
                        .getBytes(StandardCharsets.UTF_8));
        submit("fit", 0);

        assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class)).hasSize(1);
        assertThat(own(own.assignments, Assignment.class)).hasSize(1);
    }

    private void restart() {
        Map<String, byte[]> kept = rowsNow();
        driver.close();
        own.assignments.clear();
        start();
        kept.forEach(rows()::put);
    }

    private Map<String, byte[]> rowsNow() {
        var kept = new HashMap<String, byte[]>();
        try (var all = rows().all()) {
            all.forEachRemaining(row -> kept.put(row.key, row.value));
        }
        return kept;
    }

    private KeyValueStore<String, byte[]> rows() {
        return driver.getKeyValueStore(RowStore.NAME);
    }

    private Inputs inputs() {
        return new Inputs() {
            @Override
            public void takenOver(int partition) {}

            @Override
            public CompletableFuture<Map<String, Long>> ends(int partition) {
                return CompletableFuture.completedFuture(Map.copyOf(ends));
            }

            @Override
            public List<TaskResult> newestResults(Collection<String> deployments) {
                return written.stream()
                        .filter(result -> deployments.contains(result.deploymentId()))
                        .toList();
            }

            @Override
            public Progress progress(String topic, int partition) {
                return Progress.NONE;
            }
        };
    }

    private void declareOther() {
        pipeKeyed(
                "other",
                Topics.DEPLOYMENTS,
                JsonCodec.of(DeploymentSpec.class)
                        .encode(Samples.deployment("other", URI.create("file:/tmp/x"))));
    }

    private void submitOther(int index) {
        pipeKeyed("other", Topics.TASKS, TASK.encode(Samples.task("other", "fit", index)));
    }

    private static <T> List<T> own(List<Outgoing> records, Class<T> type) {
        var codec = JsonCodec.of(type);
        return records.stream().map(r -> codec.decode(r.value())).toList();
    }

    /** Publishes it; inputs are read to their ends by then, unless a test says otherwise. */
    private void declare(TaskGroup... groups) {
        driver.advanceWallClockTime(Duration.ofMillis(200));
        pipe(
                Topics.DEPLOYMENTS,
                JsonCodec.of(DeploymentSpec.class)
                        .encode(Samples.deployment(ID, folder.resolve("storage").toUri(), groups)));
    }

    private void submit(String name, int index) {
        pipe(Topics.TASKS, TASK.encode(Samples.task(ID, name, index)));
    }

    private void ready(String worker) {
        report(new WorkerReady(ID, worker, "forecast", 1, 0, "host", 1, null, Samples.START));
    }

    private void finish(String worker, String name, int index, String result) {
        report(
                new AttemptFinished(
                        ID,
                        worker,
                        ID + "/" + name + "/" + index,
                        1,
                        Payload.of(TextNode.valueOf(result)),
                        null,
                        1,
                        Samples.START));
    }

    private void report(WorkerReport report) {
        pipe(Topics.WORKER_REPORTS, JsonCodec.of(WorkerReport.class).encode(report));
    }

    private void pipe(String topic, byte[] value) {
        pipeKeyed(ID, topic, value);
    }

    private void pipeKeyed(String key, String topic, byte[] value) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(
                        topic, new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(key.getBytes(StandardCharsets.UTF_8), value);
    }

    private <T> List<T> read(String topic, Class<T> type) {
        var codec = JsonCodec.of(type);
        return driver
                .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .stream()
                .map(codec::decode)
                .toList();
    }
}
