package io.scalable.client.report;

import com.fasterxml.jackson.databind.JavaType;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks telemetry's REST. */
final class HistoryClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI root;
    private final @Nullable String token;

    /**
     * @param root telemetry's address, such as {@code http://localhost:8080}
     * @param token what it wants to be asked with; null if nothing
     */
    HistoryClient(URI root, @Nullable String token) {
        this.root = root;
        this.token = token;
    }

    /**
     * One thing under {@code /telemetry/deployments}.
     *
     * @throws IOException if telemetry does not answer or refuses; the message is for people
     */
    <T> T get(String path, Class<T> type) throws IOException {
        return ask(path, Json.mapper().constructType(type));
    }

    /** The same for many. */
    <T> List<T> list(String path, Class<T> type) throws IOException {
        return ask(path, Json.mapper().getTypeFactory().constructCollectionType(List.class, type));
    }

    /** An id as part of a path. */
    static String path(String id) {
        return "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private <T> T ask(String path, JavaType type) throws IOException {
        URI address =
                URI.create(root.toString().replaceAll("/+$", "") + "/telemetry/deployments" + path);
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = send(request.build());
        switch (answer.statusCode()) {
            case OK -> {
                return Json.mapper().readValue(answer.body(), type);
            }
            case UNAUTHORIZED ->
                    throw new IOException(root + " wants a token; name it with --token");
            case NOT_FOUND ->
                    throw new IOException(
                            answer.body().isBlank()
                                    ? "nothing at " + address + "; is telemetry there?"
                                    : "telemetry at " + root + " knows no such deployment");
            default ->
                    throw new IOException(
                            address + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IOException("telemetry does not answer at " + root, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while telemetry was asked", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
