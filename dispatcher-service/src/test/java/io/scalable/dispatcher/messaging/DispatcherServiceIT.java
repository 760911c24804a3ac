package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.scalable.contracts.task.TaskState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as an application of its own, against a real broker. */
@QuarkusTest
@WithTestResource(KafkaResource.class)
class DispatcherServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    KafkaResource.Client kafka;

    @Test
    void tasksAreLeasedAndTheirResultsAccepted(@TempDir Path folder) throws Exception {
        try (var driver = new Driver("alone", kafka.properties(), folder.toUri());
                var worker = FakeWorker.start("alone", "alone-1", 0, kafka.properties())) {
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
    void itIsReadyOnceItHasItsPartitions() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            await().atMost(PATIENCE).until(() -> ready(client).statusCode() == 200);

            assertThat(ready(client).body()).contains("\"name\": \"dispatcher\"");
        }
    }

    private HttpResponse<String> ready(HttpClient client) throws Exception {
        return client.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.ofString());
    }
}
