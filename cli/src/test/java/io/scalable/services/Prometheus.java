package io.scalable.services;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import io.scalable.testkit.Readiness;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** A Prometheus with the project's rules, that scrapes services once a second. */
final class Prometheus implements AutoCloseable {

    static final Path DEPLOY = Path.of("../deploy/prometheus").toAbsolutePath().normalize();

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    private Prometheus(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param services what to scrape, by the name of the service
     */
    static Prometheus start(Path folder, Map<String, ServiceProcess> services) throws IOException {
        Path program = program("prometheus");
        String targets =
                services.entrySet().stream()
                        .map(
                                service ->
                                        "      - {targets: ['%s'], labels: {service: %s}}"
                                                .formatted(
                                                        service.getValue().address(),
                                                        service.getKey()))
                        .collect(Collectors.joining("\n"));
        Path config =
                Files.writeString(
                        folder.resolve("prometheus.yml"),
                        """
                        global: {scrape_interval: 1s, evaluation_interval: 1s}
                        rule_files: ['%s']
                        scrape_configs:
                          - job_name: scalable
                            metrics_path: /q/metrics
                            static_configs:
                        %s
                        """
                                .formatted(DEPLOY.resolve("rules.yml"), targets));
        String address = "127.0.0.1:" + freePort();
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                                "--web.listen-address=" + address)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("prometheus.log").toFile())
                        .start();
        String unused = Readiness.await(URI.create("http://" + address + "/-/ready"));
        return new Prometheus(process, address);
    }

    /** The program of that name; the test is skipped where there is none. */
    static Path program(String name) {
        for (String folder : System.getenv("PATH").split(":")) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        return Assumptions.abort("needs " + name + " on the PATH; dev/tools installs it");
    }

    /** What the expression is now: a list of series, each with its value. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://" + address + "/api/v1/query?query=" + query))
                        .build();
        JsonNode answer =
                Json.mapper().readTree(http.send(request, BodyHandlers.ofString()).body());
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer.path("error").asText());
        }
        return answer.at("/data/result");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        http.close();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
