package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.scalable.contracts.task.TaskState;
import io.scalable.testkit.Readiness;
import io.scalable.testkit.ServiceBroker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as an application of its own, against a real broker. */
@QuarkusTest
@WithTestResource(ServiceBroker.class)
class DispatcherServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    ServiceBroker broker;

    @Test
    void tasksAreLeasedAndTheirResultsAccepted(@TempDir Path folder) throws Exception {
        try (var driver = new Driver("alone", broker.kafka(), folder.toUri());
                var worker = FakeWorker.start("alone", "alone-1", 0, broker.kafka())) {
            driver.submit("noop", 0, 100);
            driver.gather(100, PATIENCE);

            assertThat(driver.results.values())
                    .hasSize(100)
                    .allSatisfy(
                            r -> {
                                assertThat(r.state()).isEqualTo(TaskState.SUCCEEDED);
                                assertThat(r.result().value().asInt()).isEqualTo(r.index());
                            });
            assertThat(worker.leased())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> "alone/noop/" + i).toList());
        }
    }

    @Test
    void itIsReadyOnceItHasItsPartitions() {
        assertThat(Readiness.await(readiness)).contains("\"name\": \"dispatcher\"");
    }
}
