package io.scalable.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * An Apicurio Registry, by its REST API v3. Every schema is an artifact of its own in one group,
 * where a new version must read what was written with the last (rule BACKWARD).
 */
final class SchemaRegistry implements AutoCloseable {

    private static final String GROUP = "io.scalable";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CONFLICT = 409;

    /** How the registry calls what breaks its rule. */
    private static final String VIOLATION = "RuleViolationException";

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI root;

    /**
     * @param root the registry's address, such as {@code http://localhost:8085}
     */
    SchemaRegistry(URI root) {
        this.root = root;
    }

    /** Makes the group and its rule, if they are not there. */
    void prepare() throws IOException, InterruptedException {
        ObjectNode group = Json.mapper().createObjectNode().put("groupId", GROUP);
        allow(post("/groups", group), CONFLICT);
        ObjectNode rule =
                Json.mapper()
                        .createObjectNode()
                        .put("ruleType", "COMPATIBILITY")
                        .put("config", "BACKWARD");
        allow(post("/groups/" + GROUP + "/rules", rule), CONFLICT);
    }

    /**
     * Registers a schema; again with the same content, however it is laid out, changes nothing.
     *
     * @return the version that the registry has it as
     * @throws UserException if it is not compatible with the last, or another one has its version
     */
    String register(String name, String version, String schema)
            throws IOException, InterruptedException {
        ObjectNode artifact =
                Json.mapper()
                        .createObjectNode()
                        .put("artifactId", name)
                        .put("artifactType", "JSON");
        artifact.putObject("firstVersion")
                .put("version", version)
                .putObject("content")
                .put("content", schema)
                .put("contentType", "application/json");
        var answer =
                post(
                        "/groups/"
                                + GROUP
                                + "/artifacts?ifExists=FIND_OR_CREATE_VERSION&canonical=true",
                        artifact);
        if (answer.statusCode() == CONFLICT) {
            throw new UserException(
                    "the registry has %s %s with another content; raise its version in RecordTypes"
                            .formatted(name, version));
        }
        if (answer.body().contains(VIOLATION)) {
            throw new UserException(
                    "the registry refuses %s %s: %s; a new version may add optional fields, not take any away"
                            .formatted(name, version, reason(answer)));
        }
        allow(answer, 0);
        return Json.mapper().readTree(answer.body()).at("/version/version").asText(version);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpResponse<String> post(String path, JsonNode body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(root + "/apis/registry/v3" + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new UserException("no schema registry answers at " + root);
        }
    }

    private void allow(HttpResponse<String> answer, int harmless) throws IOException {
        if (answer.statusCode() >= 300 && answer.statusCode() != harmless) {
            throw new UserException(
                    "the schema registry at %s answers %d: %s"
                            .formatted(root, answer.statusCode(), reason(answer)));
        }
    }

    private static String reason(HttpResponse<String> answer) throws IOException {
        if (!answer.body().startsWith("{")) {
            return answer.body();
        }
        JsonNode problem = Json.mapper().readTree(answer.body());
        return problem.path("detail").asText(problem.path("title").asText());
    }
}
