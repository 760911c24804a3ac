package io.scalable.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Cloud Run worker pool that this process runs in, which it may end. Calls block. */
final class OwnPool implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TOKEN =
            "computeMetadata/v1/instance/service-accounts/default/token";
    private static final int GONE = 404;

    private final URI api;
    private final URI metadata;
    private final String name;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /**
     * @param api the root of Cloud Run's API
     * @param metadata the root of the metadata server, which has this process's token
     * @param name the pool's full name
     */
    OwnPool(URI api, URI metadata, String name) {
        this.api = api;
        this.metadata = metadata;
        this.name = name;
    }

    /** The metadata server: {@code GCE_METADATA_HOST}, else Google's. */
    static URI metadataServer(Map<String, String> environment) {
        String host = environment.getOrDefault("GCE_METADATA_HOST", "metadata.google.internal");
        return URI.create("http://" + host + "/");
    }

    /** Asks for the pool's deletion; what went wrong, or null if it is under way or done. */
    @Nullable String delete() {
        try {
            var request =
                    HttpRequest.newBuilder(api.resolve("v2/" + name))
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + token())
                            .DELETE();
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            boolean done = answer.statusCode() / 100 == 2 || answer.statusCode() == GONE;
            return done ? null : answer.statusCode() + " " + message(answer.body());
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private String token() throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(metadata.resolve(TOKEN))
                        .timeout(PATIENCE)
                        .header("Metadata-Flavor", "Google");
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        String token =
                answer.statusCode() == 200
                        ? Json.mapper().readTree(answer.body()).path("access_token").asText("")
                        : "";
        if (token.isEmpty()) {
            throw new IOException("the metadata server gave no token: " + answer.statusCode());
        }
        return token;
    }

    private static String message(String body) {
        try {
            JsonNode message = Json.mapper().readTree(body).at("/error/message");
            return message.asText("");
        } catch (IOException e) {
            return "";
        }
    }
}
