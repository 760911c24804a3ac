package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.task.TaskState;
import io.scalable.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path of tasks, with a real broker and workers that do nothing. */
class DispatcherIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir static Path folder;
    private static TestBroker broker;
    private static Map<String, String> kafka;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start();
        kafka = broker.clientProperties();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void twoThousandTasksGoThrough() throws Exception {
        try (var host = host();
                var driver = driver("through");
                var worker = FakeWorker.start("through", "through-1", 0, kafka);
                var other = FakeWorker.start("through", "through-2", 1, kafka)) {
            driver.submit("noop", 0, 2000);
            driver.gather(2000, PATIENCE);

            assertThat(driver.results).hasSize(2000);
            assertThat(driver.results.values()).allMatch(r -> r.state() == TaskState.SUCCEEDED);
            assertThat(driver.results.values())
                    .allMatch(r -> r.result().value().asInt() == r.index());
            assertThat(host.running()).isTrue();
        }
    }

    @Test
    void aRestartInMidRunLosesNothing() throws Exception {
        try (var driver = driver("restart");
                var worker = FakeWorker.start("restart", "restart-1", 0, kafka)) {
            try (var first = host()) {
                driver.submit("noop", 0, 1000);
                driver.gather(200, PATIENCE);
            }
            driver.submit("noop", 1000, 2000);
            try (var second = host()) {
                driver.gather(2000, PATIENCE);
            }

            assertThat(driver.results).hasSize(2000);
        }
    }

    @Test
    void aDeploymentWhoseTopicsAreGoneHoldsUpNobody() throws Exception {
        try (var host = host()) {
            try (var gone = driver("gone")) {
                gone.submit("noop", 0, 10);
            }
            try (var driver = driver("here");
                    var worker = FakeWorker.start("here", "here-1", 0, kafka)) {
                driver.submit("noop", 0, 100);
                driver.gather(100, PATIENCE);

                assertThat(driver.results).hasSize(100);
            }
        }
    }

    @Test
    void whenADispatcherIsKilledAnotherLeasesSoonAndNoResultIsLost() throws Exception {
        TopicAdmin.ensureShared(kafka, 1);
        try (var driver = driver("killed");
                var worker = FakeWorker.start("killed", "killed-1", 0, kafka);
                var killed = DispatcherProcess.start(kafka, folder.resolve("killed"))) {
            driver.submit("noop", 0, 1000);
            driver.gather(300, PATIENCE);
            try (var other = start("replacement")) {
                killed.kill();
                long since = System.nanoTime();
                int leased = worker.leased().size();
                driver.submit("noop", 1000, 1500);
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> worker.leased().size() > leased + 100);
                Duration away = Duration.ofNanos(System.nanoTime() - since);
                driver.gather(1500, PATIENCE);
                System.out.println("from the kill to leases: " + away.toMillis() + " ms");

                assertThat(driver.results).hasSize(1500);
                assertThat(driver.results.values())
                        .allMatch(r -> r.result().value().asInt() == r.index());
                assertThat(driver.contradicted)
                        .as("results told twice")
                        .allMatch(r -> r.result().value().asInt() == r.index());
                assertThat(away).as("from the kill to leases").isLessThan(Duration.ofSeconds(15));
                assertThat(other.running()).isTrue();
            }
        }
    }

    @Test
    void whatATransactionTookBackIsNeverRun() throws Exception {
        try (var host = host();
                var driver = driver("undone");
                var worker = FakeWorker.start("undone", "undone-1", 0, kafka)) {
            driver.submitAndAbort("noop", 0);
            driver.submit("noop", 1, 2);
            driver.gather(1, PATIENCE);

            assertThat(worker.leased()).containsExactly("undone/noop/1");
        }
    }

    @Test
    void anOpenTransactionIsWaitedForAndNothingBehindItIsLost() throws Exception {
        TopicAdmin.ensureShared(kafka, 1);
        try (var driver = driver("open");
                var worker = FakeWorker.start("open", "open-1", 0, kafka)) {
            driver.submit("noop", 0, 1);
            try (var open = driver.submitInTransaction("noop", 1);
                    var host = host()) {
                driver.submit("noop", 2, 3);
                driver.gather(1, PATIENCE);
                driver.gather(2, Duration.ofSeconds(1));
                assertThat(worker.leased())
                        .as("what came before it runs, on a dispatcher that starts meanwhile")
                        .containsExactly("open/noop/0");

                open.commitTransaction();
                driver.gather(3, PATIENCE);

                assertThat(host.running()).isTrue();
                assertThat(worker.leased())
                        .containsExactlyInAnyOrder("open/noop/0", "open/noop/1", "open/noop/2");
            }
        }
    }

    private static DispatcherHost start(String name) {
        return DispatcherHost.start(
                kafka, HostSettings.in(folder.resolve(name)), AssertionError::new);
    }

    private static DispatcherHost host() {
        TopicAdmin.ensureShared(kafka, 1);
        DispatcherHost host = start("state");
        await().atMost(PATIENCE).until(host::running);
        return host;
    }

    private static Driver driver(String deployment) {
        return new Driver(deployment, kafka, folder.resolve("storage").toUri());
    }
}
