package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command against services that run elsewhere. */
@Timeout(180)
class ConnectedRunIT {

    private static final int PATIENCE_SECONDS = 60;

    @TempDir Path folder;

    private Services services;

    @BeforeEach
    void start() throws IOException {
        services = new Services(folder, Map.of());
        Files.writeString(
                folder.resolve("kafka.properties"),
                services.kafka().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("\n")));
    }

    @AfterEach
    void stop() throws Exception {
        services.close();
    }

    @Test
    void aRunHostsItsOwnWorkersOnServicesThatRunElsewhereAlsoOnceThePlannerWasKilled()
            throws Exception {
        var planner = services.start("planner-service");
        ServiceProcess unused = services.start("dispatcher-service").ready();
        planner.ready();
        Files.writeString(
                folder.resolve("scalable.yaml"),
                """
                version: 1
                targets:
                  local: {provider: local, max_workers: 2, processes: true}
                components:
                  shell: {cpus: 1, memory: 256M}
                tasks:
                  here: {component: shell, command: [ls, kafka.properties], foreach: {range: [0, 4]}}
                """);

        String said = scalable(0, "run", "--runs-dir", "runs", "--progress", "plain");

        assertThat(said).contains("Tasks: 4 succeeded").contains("shell: 2 started");
        planner.kill();
        long killed = System.nanoTime();
        ServiceProcess another = services.start("planner-service", "planner-2");
        assertThat(scalable(0, "run", "--runs-dir", "runs", "--progress", "plain"))
                .contains("Tasks: 4 succeeded");
        Duration away = Duration.ofNanos(System.nanoTime() - killed);
        System.out.println("from the planner's kill to a run's end: " + away.toMillis() + " ms");
        assertThat(away).isLessThan(Duration.ofSeconds(40));
        another.close();
    }

    @Test
    void telemetryReportsWhatTheRunsFolderReports() throws Exception {
        var planner = services.start("planner-service");
        var telemetry = services.start("telemetry-service");
        ServiceProcess unused = services.start("dispatcher-service").ready();
        planner.ready();
        telemetry.ready();
        Files.writeString(
                folder.resolve("scalable.yaml"),
                """
                version: 1
                targets:
                  local: {provider: local, max_workers: 2}
                components:
                  shell: {cpus: 1, memory: 256M}
                tasks:
                  even: {component: shell, command: [sh, -c, 'echo item {item}; exit $(({item} % 2))'], foreach: {range: [0, 6]}}
                """);
        String unusedToo = scalable(1, "run", "--runs-dir", "runs", "--progress", "plain");

        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .untilAsserted(
                        () ->
                                assertThat(remote(telemetry))
                                        .contains("failed after")
                                        .contains("3 failed"));
        String local = report("--runs-dir", "runs");
        assertThat(withoutMoments(remote(telemetry))).isEqualTo(withoutMoments(local));
        String url = telemetry.uri("/").toString();
        for (List<String> look :
                List.of(
                        List.of("runs", "list", "--state", "failed", "--format", "quiet"),
                        List.of("tasks", "list", "--state", "failed", "--format", "quiet"),
                        List.of("logs", "even/1"),
                        List.of("tasks", "show", "even/1", "--format", "quiet"),
                        List.of("why", "even/1"))) {
            assertThat(looked(look, "--url", url))
                    .isEqualTo(looked(look, "--runs-dir", "runs"))
                    .isNotBlank();
        }
        assertThat(looked(List.of("why", "shell"), "--url", url)).contains("workers: ");
    }

    private String looked(List<String> command, String... where)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(command);
        all.addAll(List.of(where));
        return Program.scalable(folder, 0, all);
    }

    private String remote(ServiceProcess telemetry) throws IOException, InterruptedException {
        return report("--url", telemetry.uri("/").toString());
    }

    private String report(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("report"));
        command.addAll(List.of(options));
        return Program.scalable(folder, 0, command);
    }

    /** Moments are taken by other clocks, examples by other orders; logs lie in the folder. */
    private static List<String> withoutMoments(String report) {
        return report.lines()
                .filter(line -> !line.startsWith("    log: "))
                .map(line -> line.replaceAll(" *\\+?\\d+\\.\\d+ s|first .*", " some"))
                .toList();
    }

    @Test
    void deadLettersAreListedShownAndSentAgain() throws Exception {
        ServiceProcess unused = services.start("dispatcher-service").ready();
        try (var producer =
                new KafkaProducer<>(
                        new HashMap<String, Object>(services.kafka()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            byte[] nonsense = "{\"type\": \"Nonsense\"}".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(Topics.TASKS, 2, "words", nonsense)).get();
        }

        String position = Topics.TASKS + "-2@0";
        awaitLetters(1);
        assertThat(scalable(0, "dead-letters", "show", position))
                .contains("key       words")
                .contains("found \"Nonsense\", wanted one of [SubmitTask")
                .contains("{\"type\": \"Nonsense\"}");
        assertThat(scalable(0, "dead-letters", "replay", position))
                .contains("sent again: " + position);
        awaitLetters(2);
        assertThat(scalable(1, "dead-letters", "show", "scalable.tasks-0@99"))
                .contains("no dead letter of scalable.tasks-0@99");
        assertThat(scalable(1, "undeploy", "nothing")).contains("no deployment lives there");
    }

    private void awaitLetters(int letters) {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(
                        () ->
                                scalable(0, "dead-letters", "list")
                                        .contains(letters + " dead letter"));
    }

    private String scalable(int status, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--kafka-properties", "kafka.properties"));
        return Program.scalable(folder, status, command);
    }
}
