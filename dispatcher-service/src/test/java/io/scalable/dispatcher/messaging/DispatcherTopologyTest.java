package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
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
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTopologyTest {

    private static final String ID = "run-1";
    private static final byte[] KEY = ID.getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;
    private final List<Outgoing> farewells = new ArrayList<>();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        var topology =
                DispatcherTopology.of(
                        Rules.standard(),
                        Duration.ofMillis(100),
                        new Placement(1),
                        (_, last) -> farewells.add(last));
        var settings =
                StreamsSettings.of(
                        Map.of("bootstrap.servers", "nowhere:1"),
                        HostSettings.in(folder.resolve("state")));
        driver = new TopologyTestDriver(topology, settings, Samples.START);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aTaskGoesThroughTheTopics() {
        declare();
        submit("fit", 0);
        ready("w1");
        finish("w1", "fit", 0, "done");

        assertThat(read(Topics.assignments(ID), Assignment.class))
                .singleElement()
                .isInstanceOf(LeaseGranted.class);
        assertThat(read(Topics.TASK_EVENTS, TaskEvent.class))
                .last()
                .isInstanceOf(TaskSucceeded.class);
        assertThat(read(Topics.results(ID), TaskResult.class))
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
        assertThat(read(Topics.assignments(ID), Assignment.class)).hasSize(1);

        pipe(Topics.DEPLOYMENTS, null);
        assertThat(farewells).as("revoked and drained").hasSize(2);

        submit("fit", 1);
        finish("w1", "fit", 0, "late");
        driver.advanceWallClockTime(Duration.ofSeconds(20));

        assertThat(read(Topics.assignments(ID), Assignment.class)).isEmpty();
        assertThat(read(Topics.results(ID), TaskResult.class)).isEmpty();
    }

    @Test
    void manyLargeResultsOfParentsTravelByReferenceAndAreStoredOnce() throws Exception {
        declare();
        ready("w1");
        String large = "x".repeat(100_000);
        for (int i = 0; i < 4; i++) {
            submit("fit", i);
            finish("w1", "fit", i, i < 2 ? "same" + large : i + large);
        }
        var lease = leaseOfTheSumOfFour();
        List<Payload> results = lease.parents().getFirst().results();
        assertThat(results).hasSize(4).allMatch(Payload::isReference);
        assertThat(results.stream().map(Payload::ref).distinct()).hasSize(3);
        assertThat(Path.of(results.getFirst().ref())).exists();
    }

    @Test
    void whereNothingCanBeStoredTheResultsTravelInline() {
        pipe(
                Topics.DEPLOYMENTS,
                JsonCodec.of(DeploymentSpec.class)
                        .encode(Samples.deployment(ID, URI.create("nosuch://place"))));
        ready("w1");
        for (int i = 0; i < 4; i++) {
            submit("fit", i);
            finish("w1", "fit", i, i + "x".repeat(100_000));
        }
        var lease = leaseOfTheSumOfFour();
        assertThat(lease.parents().getFirst().results()).hasSize(4).noneMatch(Payload::isReference);
    }

    private LeaseGranted leaseOfTheSumOfFour() {
        pipe(
                Topics.TASKS,
                JsonCodec.of(TaskCommand.class)
                        .encode(
                                Samples.task(
                                        ID,
                                        "sum",
                                        0,
                                        ID + "/fit/0",
                                        ID + "/fit/1",
                                        ID + "/fit/2",
                                        ID + "/fit/3")));

        return (LeaseGranted) read(Topics.assignments(ID), Assignment.class).getLast();
    }

    private void declare() {
        pipe(
                Topics.DEPLOYMENTS,
                JsonCodec.of(DeploymentSpec.class)
                        .encode(Samples.deployment(ID, folder.resolve("storage").toUri())));
    }

    private void submit(String name, int index) {
        pipe(Topics.TASKS, JsonCodec.of(TaskCommand.class).encode(Samples.task(ID, name, index)));
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
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(
                        topic, new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(KEY, value);
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
