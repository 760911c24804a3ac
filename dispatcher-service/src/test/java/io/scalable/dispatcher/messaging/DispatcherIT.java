package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.scalable.contracts.task.TaskState;
import io.scalable.kafka.EmbeddedKafka;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path of tasks, with a real broker and workers that do nothing. */
class DispatcherIT {

    private static final int ROUNDS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir static Path folder;
    private static EmbeddedKafka broker;
    private static Map<String, String> kafka;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.startTemporary();
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

    /** Prints how fast it is; asserts only that nothing is missing. */
    @Test
    void tenThousandTasksAreMeasured() throws Exception {
        try (var host = host();
                var driver = driver("speed");
                var worker = FakeWorker.start("speed", "speed-1", 0, kafka);
                var other = FakeWorker.start("speed", "speed-2", 1, kafka)) {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                long cpu = cpuNanos();
                driver.submit("noop", round * 10_000, (round + 1) * 10_000);
                driver.gather((round + 1) * 10_000, PATIENCE);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "10,000 no-op tasks: %.2f s, %.0f tasks/s; %.2f s of CPU, broker and all%n",
                        seconds, 10_000 / seconds, (cpuNanos() - cpu) / 1e9);
            }
            assertThat(driver.results).hasSize(ROUNDS * 10_000);
            System.out.printf("one at a time, idle: %s%n", oneAtATime(driver));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static String oneAtATime(Driver driver) {
        double[] ms = new double[200];
        for (int i = 0; i < ms.length; i++) {
            long start = System.nanoTime();
            driver.submit("single", i, i + 1);
            driver.gather(ROUNDS * 10_000 + i + 1, PATIENCE);
            ms[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(ms);
        return "p50 %.1f ms, p99 %.1f ms".formatted(ms[100], ms[198]);
    }

    private static DispatcherHost host() {
        DispatcherHost host = DispatcherHost.start(kafka, HostSettings.in(folder.resolve("state")));
        await().atMost(PATIENCE).until(host::running);
        return host;
    }

    private static Driver driver(String deployment) {
        return new Driver(deployment, kafka, folder.resolve("storage").toUri());
    }
}
