package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.scalable.contracts.Json;
import io.scalable.provider.cloud.gcp.GoogleException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks one of Google's APIs over HTTP, once: who repeats knows when it is safe. Thread-safe. A
 * token that is refused is renewed and the question put again, once.
 */
final class GoogleRest implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;

    private final GoogleEndpoint endpoint;
    private final HttpClient http;

    GoogleRest(GoogleEndpoint endpoint) {
        this.endpoint = endpoint;
        this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    }

    GoogleEndpoint endpoint() {
        return endpoint;
    }

    /**
     * One question.
     *
     * @param asked what is asked, for people
     * @param path below the API's root, without a slash in front
     * @param body null for none
     * @throws GoogleException if the answer is no success, or there is none
     */
    JsonNode ask(
            String asked,
            String method,
            String path,
            Map<String, String> query,
            @Nullable JsonNode body) {
        HttpResponse<String> answer = send(asked, method, path, query, body);
        if (answer.statusCode() == UNAUTHORIZED && endpoint.login() != GoogleLogin.NONE) {
            endpoint.login().renew();
            answer = send(asked, method, path, query, body);
        }
        boolean success = answer.statusCode() / 100 == 2;
        if (!success) {
            throw GoogleErrors.of(asked, answer.statusCode(), lenient(answer.body()));
        }
        try {
            return Json.mapper().readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new GoogleException(Kind.UNAVAILABLE, asked + ": the answer is no JSON", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<String> send(
            String asked,
            String method,
            String path,
            Map<String, String> query,
            @Nullable JsonNode body) {
        URI target = endpoint.address().resolve(path + encoded(query));
        var request = HttpRequest.newBuilder(target).timeout(PATIENCE);
        endpoint.login()
                .headers(target)
                .forEach((name, values) -> values.forEach(v -> request.header(name, v)));
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, BodyPublishers.ofString(body.toString()));
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw unavailable(asked, "cannot reach " + endpoint.address(), e);
        } catch (IOException e) {
            throw unavailable(asked, "no answer from " + endpoint.address() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(asked, "interrupted", e);
        }
    }

    private static GoogleException unavailable(String asked, String why, Exception cause) {
        return new GoogleException(Kind.UNAVAILABLE, asked + ": " + why, cause);
    }

    private static String encoded(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : new TreeMap<>(query)
                        .entrySet().stream()
                                .map(e -> e.getKey() + "=" + encoded(e.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static JsonNode lenient(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
