package io.scalable.testkit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Whether a service under test says that it is ready. */
public final class Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    private Readiness() {}

    /**
     * Waits until the service is ready; gives what it says then.
     *
     * @param uri its {@code /q/health/ready}
     */
    public static String await(URI uri) {
        var said = new AtomicReference<>("");
        try (var client = HttpClient.newHttpClient()) {
            Awaitility.await(uri.toString()).atMost(PATIENCE).until(() -> ready(client, uri, said));
        }
        return said.get();
    }

    private static boolean ready(HttpClient client, URI uri, AtomicReference<String> said)
            throws IOException, InterruptedException {
        try {
            var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            said.set(answer.body());
            return answer.statusCode() == OK;
        } catch (ConnectException e) {
            return false;
        }
    }
}
