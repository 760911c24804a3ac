package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.task.TaskState;
import io.scalable.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several partitions, shared by several instances. */
class DispatcherClusterIT {

    private static final int PARTITIONS = 4;
    private static final int TASKS = 300;
    private static final List<String> DEPLOYMENTS = List.of("d1", "d2", "d3", "d5", "south");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir Path folder;
    private TestBroker broker;
    private Map<String, String> kafka;
    private final List<Driver> drivers = new ArrayList<>();
    private final List<FakeWorker> workers = new ArrayList<>();

    @BeforeEach
    void startBroker() {
        broker = TestBroker.start();
        kafka = broker.clientProperties();
    }

    @AfterEach
    void stop() throws Exception {
        for (FakeWorker worker : workers) {
            worker.close();
        }
        drivers.forEach(Driver::close);
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
    void deploymentsOfAllPartitionsAreServedAlthoughAnInstanceGoes(String guarantee)
            throws Exception {
        try (var staying = host("staying", guarantee)) {
            try (var going = host("going", guarantee)) {
                begin();
                submit(0, TASKS / 2);
                gather(TASKS / 4);
                assertThat(going.running()).isTrue();
            }
            submit(TASKS / 2, TASKS);
            gather(TASKS);

            assertThat(staying.running()).isTrue();
        }
        for (FakeWorker worker : workers) {
            assertThat(worker.leased()).as("tasks that ran").hasSize(TASKS).doesNotHaveDuplicates();
        }
        assertThat(partitionsUsed()).hasSize(PARTITIONS);
        for (Driver driver : drivers) {
            assertThat(driver.results.values())
                    .hasSize(TASKS)
                    .allSatisfy(r -> assertThat(r.state()).isEqualTo(TaskState.SUCCEEDED));
            assertThat(driver.contradicted).as("results told twice, not alike").isEmpty();
        }
    }

    private void begin() {
        for (String deployment : DEPLOYMENTS) {
            drivers.add(new Driver(deployment, kafka, folder.resolve("storage").toUri()));
            workers.add(FakeWorker.start(deployment, deployment + "-1", 0, kafka));
        }
    }

    private void submit(int from, int to) {
        drivers.forEach(driver -> driver.submit("noop", from, to));
    }

    private void gather(int each) {
        drivers.forEach(driver -> driver.gather(each, PATIENCE));
    }

    private static Set<Integer> partitionsUsed() {
        var used = new HashSet<Integer>();
        for (String deployment : DEPLOYMENTS) {
            byte[] key = deployment.getBytes(StandardCharsets.UTF_8);
            used.add(BuiltInPartitioner.partitionForKey(key, PARTITIONS));
        }
        return used;
    }

    private DispatcherHost host(String name, String guarantee) {
        var settings =
                new HostSettings(
                        2,
                        guarantee,
                        1,
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        folder.resolve(name));
        TopicAdmin.ensureShared(kafka, PARTITIONS);
        DispatcherHost host = DispatcherHost.start(kafka, settings, AssertionError::new);
        await().atMost(PATIENCE).until(host::running);
        return host;
    }
}
