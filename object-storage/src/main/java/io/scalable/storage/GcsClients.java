package io.scalable.storage;

import com.google.api.client.http.HttpBackOffIOExceptionHandler;
import com.google.api.client.http.HttpBackOffUnsuccessfulResponseHandler;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.ExponentialBackOff;
import com.google.api.services.storage.Storage;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the client of Google Cloud Storage, as the environment says. */
final class GcsClients {

    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** How long a bucket may ask to come back later. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private GcsClients() {}

    /**
     * A client with the application default credentials, or without any for an emulator.
     *
     * @throws IOException if there are no credentials
     */
    static Storage create(Map<String, String> environment) throws IOException {
        String emulator = environment.get("STORAGE_EMULATOR_HOST");
        if (emulator != null && !emulator.isEmpty()) {
            return builder(null).setRootUrl(root(emulator)).build();
        }
        var credentials = GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
        return builder(new HttpCredentialsAdapter(credentials)).build();
    }

    private static Storage.Builder builder(@Nullable HttpCredentialsAdapter credentials) {
        return new Storage.Builder(
                        new NetHttpTransport(),
                        GsonFactory.getDefaultInstance(),
                        patient(credentials))
                .setApplicationName("scalable");
    }

    private static String root(String emulator) {
        String address = emulator.contains("://") ? emulator : "http://" + emulator;
        return address.endsWith("/") ? address : address + "/";
    }

    private static HttpRequestInitializer patient(@Nullable HttpCredentialsAdapter credentials) {
        return request -> {
            if (credentials != null) {
                credentials.initialize(request);
            }
            var wait = new HttpBackOffUnsuccessfulResponseHandler(backOff());
            wait.setBackOffRequired(GcsClients::comeBackLater);
            request.setConnectTimeout((int) CONNECT.toMillis())
                    .setReadTimeout((int) SILENCE.toMillis())
                    .setIOExceptionHandler(new HttpBackOffIOExceptionHandler(backOff()))
                    .setUnsuccessfulResponseHandler(
                            (HttpRequest asked, HttpResponse answer, boolean again) ->
                                    credentials != null
                                                    && credentials.handleResponse(
                                                            asked, answer, again)
                                            || wait.handleResponse(asked, answer, again));
        };
    }

    private static boolean comeBackLater(HttpResponse answer) {
        int status = answer.getStatusCode();
        return status == 408 || status == 429 || status / 100 == 5;
    }

    private static ExponentialBackOff backOff() {
        return new ExponentialBackOff.Builder()
                .setInitialIntervalMillis((int) FIRST_WAIT.toMillis())
                .setMaxIntervalMillis((int) LONGEST_WAIT.toMillis())
                .setMaxElapsedTimeMillis((int) PATIENCE.toMillis())
                .build();
    }
}
