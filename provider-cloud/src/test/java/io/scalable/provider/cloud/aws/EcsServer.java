package io.scalable.provider.cloud.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import io.scalable.testkit.DevScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The ECS of {@code dev/ecs}, as a process of its own for a test class. While it is open the SDK's
 * system properties lead to it. Where it cannot be had, its tests are skipped, and say so.
 */
public final class EcsServer implements AutoCloseable {

    static final String CLUSTER = "default";

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "aws.region", "us-east-1",
                    "aws.accessKeyId", "test",
                    "aws.secretAccessKey", "test");

    /**
     * A task as the server knows it.
     *
     * @param pid of its process; 0 if none runs
     */
    public record Seen(
            String arn,
            String status,
            String worker,
            String deployment,
            String capacity,
            long pid,
            Map<String, String> tags,
            String definition) {}

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private EcsServer(Process process, int port) {
        this.process = process;
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    public static EcsServer start(Path logs) {
        Path script = DevScript.find("ecs");
        try {
            Process process =
                    new ProcessBuilder(script.toString(), "run", "--logs", logs.toString())
                            .redirectError(logs.resolve("server.log").toFile())
                            .start();
            var out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
            String port = out.readLine();
            Assumptions.assumeTrue(
                    port != null,
                    () -> "an ECS needs Python's packages: " + text(logs.resolve("server.log")));
            var server = new EcsServer(process, Integer.parseInt(port));
            SETTINGS.forEach(System::setProperty);
            System.setProperty("aws.endpointUrl", server.address.toString());
            try (EcsClient ecs = client()) {
                var _ = ecs.createCluster(c -> c.clusterName(CLUSTER));
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EcsClient client() {
        return EcsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    }

    static SsmClient secrets() {
        return SsmClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    }

    /** What leads a process of its own here. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", address.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test");
    }

    /** Without tasks, troubles and counts. */
    public void reset() {
        var _ = post("reset", Map.of());
    }

    void set(Map<String, Object> settings) {
        var _ = post("settings", settings);
    }

    /** The next {@code times} calls of an action, {@code *} for all, fail. */
    void fail(String action, String error, int times) {
        var _ = post("trouble", Map.of("action", action, "error", error, "times", times));
    }

    /** The next calls of an action are carried out, and nobody is told. */
    void loseAnswers(String action, int times) {
        var _ =
                post(
                        "trouble",
                        Map.of(
                                "action",
                                action,
                                "error",
                                "ServerException",
                                "status",
                                500,
                                "done",
                                true,
                                "times",
                                times));
    }

    /** A worker's task ends as if ECS had done it. */
    void end(String worker, String stopCode, String reason) {
        var _ = post("end", Map.of("worker", worker, "stopCode", stopCode, "reason", reason));
    }

    /** All tasks since the last reset. */
    public List<Seen> tasks() {
        return StreamSupport.stream(state().get("tasks").spliterator(), false)
                .map(
                        task ->
                                new Seen(
                                        task.get("arn").asText(),
                                        task.get("status").asText(),
                                        task.get("worker").asText(),
                                        task.get("deployment").asText(),
                                        task.get("capacity").asText(),
                                        task.get("pid").asLong(),
                                        Json.mapper()
                                                .convertValue(
                                                        task.get("tags"),
                                                        Json.mapper()
                                                                .getTypeFactory()
                                                                .constructMapType(
                                                                        Map.class,
                                                                        String.class,
                                                                        String.class)),
                                        task.get("definition").asText()))
                .toList();
    }

    /** How often an action was called. */
    public int calls(String action) {
        return state().get("calls").path(action).asInt();
    }

    /** All calls, whatever the action. */
    public int calls() {
        return StreamSupport.stream(state().get("calls").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .sum();
    }

    /** The most tasks of a deployment that ever were alive together. */
    public int mostAlive(String deploymentId) {
        return state().get("mostAlive").path(Ownership.startedBy(deploymentId)).asInt();
    }

    /** Workers that had two tasks alive at a time. */
    public List<String> doubled() {
        return StreamSupport.stream(state().get("doubled").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Override
    public void close() {
        System.clearProperty("aws.endpointUrl");
        SETTINGS.keySet().forEach(System::clearProperty);
        try {
            process.getOutputStream().close();
            int _ = process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode state() {
        return post("state", Map.of());
    }

    private JsonNode post(String what, Map<String, ?> body) {
        try {
            var request =
                    HttpRequest.newBuilder(address.resolve("/scalable/" + what))
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            Json.mapper().writeValueAsString(body)))
                            .build();
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(what + ": " + response.body());
            }
            return Json.mapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
