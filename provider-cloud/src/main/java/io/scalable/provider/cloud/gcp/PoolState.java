package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How Cloud Run says that a worker pool is. */
sealed interface PoolState {

    /** Not there yet; {@code reason} says what it waits for. */
    record Coming(String reason) implements PoolState {}

    /** Its instance runs. */
    record Up() implements PoolState {}

    /** It will not run; {@code message} says why and what to do. */
    record Broken(String message) implements PoolState {}

    /** Somebody has deleted it. */
    record Leaving() implements PoolState {}

    /** Reasons of conditions that pass by themselves. */
    Set<String> PASSING = Set.of("WAITING_FOR_OPERATION", "IMMEDIATE_RETRY", "POSTPONED_RETRY");

    /** What to do about a condition's reason. */
    Map<String, String> ADVICE =
            Map.ofEntries(
                    Map.entry(
                            "CONTAINER_MISSING", "the image is not there: check its name and tag"),
                    Map.entry(
                            "CONTAINER_PERMISSION_DENIED",
                            "Cloud Run may not read the image: give its service agent"
                                    + " roles/artifactregistry.reader on the image's repository"),
                    Map.entry(
                            "CONTAINER_IMAGE_UNAUTHORIZED",
                            "the project's Binary Authorization policy refuses the image"),
                    Map.entry(
                            "CONTAINER_IMAGE_AUTHORIZATION_CHECK_FAILED",
                            "the image could not be checked against Binary Authorization"),
                    Map.entry(
                            "SECRETS_ACCESS_CHECK_FAILED",
                            "the workers' service account may not read the secret of kafka_secret,"
                                    + " or it is not there: give it"
                                    + " roles/secretmanager.secretAccessor"),
                    Map.entry(
                            "VPC_NETWORK_NOT_FOUND",
                            "the network or subnetwork is not there in this region"),
                    Map.entry(
                            "PROGRESS_DEADLINE_EXCEEDED",
                            "Cloud Run gave up waiting for an instance; the region may be short of"
                                    + " them"),
                    Map.entry(
                            "HEALTH_CHECK_CONTAINER_ERROR",
                            "the container did not stay up: read its log, and see that the image"
                                    + " has the worker's runtime"),
                    Map.entry(
                            "ACTIVE_REVISION_LIMIT_REACHED",
                            "the region has as many active revisions as the project may have"));

    /** Reads a worker pool of the API. Pure. */
    static PoolState of(JsonNode pool) {
        if (pool.hasNonNull("deleteTime")) {
            return new Leaving();
        }
        boolean reconciling = pool.path("reconciling").asBoolean(false);
        JsonNode ready = ready(pool);
        return switch (ready.path("state").asText("")) {
            case "CONDITION_SUCCEEDED" ->
                    reconciling ? new Coming("Cloud Run is starting it") : new Up();
            case "CONDITION_FAILED" ->
                    reconciling || passes(ready)
                            ? new Coming(words(ready, "Cloud Run tries again"))
                            : new Broken(broken(pool, ready));
            default -> new Coming(words(ready, "Cloud Run is starting it"));
        };
    }

    private static JsonNode ready(JsonNode pool) {
        JsonNode terminal = pool.path("terminalCondition");
        return terminal.isObject()
                ? terminal
                : conditions(pool)
                        .filter(c -> c.path("type").asText().equals("Ready"))
                        .findFirst()
                        .orElse(terminal);
    }

    private static boolean passes(JsonNode condition) {
        String severity = condition.path("severity").asText("ERROR");
        return PASSING.contains(condition.path("reason").asText())
                || severity.equals("WARNING")
                || severity.equals("INFO");
    }

    private static String broken(JsonNode pool, JsonNode ready) {
        List<JsonNode> failed =
                Stream.concat(
                                Stream.of(ready),
                                conditions(pool)
                                        .filter(c -> c.path("state").asText().endsWith("FAILED")))
                        .toList();
        String said =
                failed.stream()
                        .map(c -> c.path("message").asText("").strip())
                        .filter(message -> !message.isEmpty())
                        .findFirst()
                        .orElse("Cloud Run gives no reason");
        String advice =
                failed.stream()
                        .flatMap(c -> Stream.of(c.path("revisionReason"), c.path("reason")))
                        .map(JsonNode::asText)
                        .filter(ADVICE::containsKey)
                        .findFirst()
                        .map(ADVICE::get)
                        .orElse("");
        return advice.isEmpty() ? said : said + ": " + advice;
    }

    private static String words(JsonNode condition, String otherwise) {
        String message = condition.path("message").asText("").strip();
        return message.isEmpty() ? otherwise : message;
    }

    private static Stream<JsonNode> conditions(JsonNode pool) {
        return StreamSupport.stream(pool.path("conditions").spliterator(), false);
    }
}
