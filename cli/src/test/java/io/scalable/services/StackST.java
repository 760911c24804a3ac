package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The compose stack that {@code dev/up} has started; {@code dev/system-test} runs it. */
@Timeout(240)
class StackST {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int PATIENCE_SECONDS = 90;

    @TempDir static Path folder;

    private static String run;

    @BeforeAll
    static void runSomething() throws Exception {
        Files.writeString(
                folder.resolve("scalable.yaml"),
                """
                version: 1
                targets:
                  local: {provider: local, max_workers: 2}
                components:
                  shell: {cpus: 1, memory: 256M}
                tasks:
                  echo: {component: shell, command: [echo, '{item}'], foreach: {range: [0, 40]}}
                """);
        String said =
                scalable(
                        "run",
                        "--runs-dir",
                        "runs",
                        "--progress",
                        "plain",
                        "--bootstrap",
                        "localhost:9092");
        assertThat(said).contains("Tasks: 40 succeeded");
        run = said.replaceFirst("(?s).*Run (\\S+) of .*", "$1");
    }

    @Test
    void telemetryReportsTheRun() {
        eventually(
                () ->
                        assertThat(
                                        scalable(
                                                "report",
                                                "--run-id",
                                                run,
                                                "--url",
                                                "http://localhost:8080"))
                                .contains("succeeded after")
                                .contains("Tasks: 40 succeeded"));
    }

    @Test
    void theLivePageAndTheApiAreServed() throws Exception {
        assertThat(get("http://localhost:8080/telemetry/live/"))
                .contains("<title>Scalable</title>");
        assertThat(get("http://localhost:8080/q/openapi")).contains("/telemetry/deployments");
    }

    @Test
    void prometheusHasScrapedEveryServiceAndTheRun() {
        eventually(
                () -> {
                    assertThat(query("up == 1")).hasSizeGreaterThanOrEqualTo(4);
                    assertThat(query("scalable_task_events_total{type=\"TaskSucceeded\"} >= 40"))
                            .isNotEmpty();
                });
    }

    @Test
    void theRegistryHasTheSchemas() throws Exception {
        JsonNode found =
                Json.mapper()
                        .readTree(
                                get(
                                        "http://localhost:8085/apis/registry/v3/search/artifacts"
                                                + "?groupId=io.scalable"));
        assertThat(found.path("count").asInt()).isGreaterThan(30);
    }

    @Test
    void grafanaIsHealthy() throws Exception {
        assertThat(get("http://localhost:3000/api/health")).contains("ok");
    }

    @Test
    void spansReachTheCollector() {
        eventually(
                () ->
                        assertThat(
                                        Program.said(
                                                ROOT,
                                                0,
                                                List.of(
                                                        "docker",
                                                        "compose",
                                                        "logs",
                                                        "--no-log-prefix",
                                                        "otel-collector")))
                                .contains("ResourceSpans"));
    }

    @Test
    void aDeploymentOfTheStacksOwnWorkersServesTasksFromOutside() throws Exception {
        String deployed =
                scalable(
                        "deploy",
                        "scalable.yaml",
                        "--name",
                        "system-test",
                        "--bootstrap",
                        "localhost:9092");
        assertThat(deployed).contains("system-test");
        eventually(
                () ->
                        assertThat(get("http://localhost:8080/telemetry/deployments/system-test"))
                                .contains("\"endedAt\":null"));
        assertThat(scalable("undeploy", "system-test", "--bootstrap", "localhost:9092"))
                .contains("system-test");
    }

    /** What is asked until it is so. */
    @FunctionalInterface
    private interface Claim {
        void hold() throws Exception;
    }

    private static void eventually(Claim claim) {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(claim::hold);
    }

    private static JsonNode query(String text) throws Exception {
        String address =
                "http://localhost:9090/api/v1/query?query="
                        + URLEncoder.encode(text, StandardCharsets.UTF_8);
        return Json.mapper().readTree(get(address)).at("/data/result");
    }

    private static String get(String address) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(address).isEqualTo(200);
            return answer.body();
        }
    }

    private static String scalable(String... arguments) throws IOException, InterruptedException {
        return Program.scalable(folder, 0, List.of(arguments));
    }
}
