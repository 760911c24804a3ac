package io.scalable.client.inspect;

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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks telemetry's REST. Thread-safe. */
public final class HistoryClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The most entries that telemetry gives at a time. */
    private static final int PAGE = 10_000;

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
    public HistoryClient(URI root, @Nullable String token) {
        this.root = root;
        this.token = token;
    }

    /**
     * One thing under {@code /telemetry/deployments}.
     *
     * @throws IOException if telemetry does not answer or refuses; the message is for people
     */
    public <T> T get(String path, Class<T> type) throws IOException {
        return ask(path, Json.mapper().constructType(type));
    }

    /** The same for many. */
    public <T> List<T> list(String path, Class<T> type) throws IOException {
        return ask(path, Json.mapper().getTypeFactory().constructCollectionType(List.class, type));
    }

    /**
     * Pages of many, until one is not full.
     *
     * @param path with a question mark
     */
    public <T> List<T> all(String path, Class<T> type) throws IOException {
        var all = new ArrayList<T>();
        List<T> page;
        do {
            page = list(path + "&limit=" + PAGE + "&offset=" + all.size(), type);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    /** An id as part of a path. */
    public static String path(String id) {
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
