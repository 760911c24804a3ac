package io.scalable.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.storage.FakeBucket.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Google Cloud Storage answers when something is wrong, and what it is asked. */
class GcsTroubleIT {

    private static final URI BASE = URI.create("gs://bucket/runs/r1/");
    private static final List<String> JSON = List.of("Content-Type: application/json");

    private FakeBucket server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void requestsAreThoseOfTheJsonApiAndAnEmulatorGetsNoCredentials() throws IOException {
        GcsStorage storage = storage((_, _) -> new Answer(200, "{}", JSON));

        storage.put(BASE, "a b", new byte[] {1});
        storage.get(BASE.resolve("a%20b"));
        storage.exists(BASE.resolve("a%20b"));
        storage.delete(BASE.resolve("a%20b"));

        assertThat(server.requests())
                .containsExactly(
                        "POST /upload/storage/v1/b/bucket/o?fields=name&uploadType=multipart",
                        "GET /storage/v1/b/bucket/o/runs%2Fr1%2Fa%20b?alt=media",
                        "GET /storage/v1/b/bucket/o/runs%2Fr1%2Fa%20b?fields=name",
                        "DELETE /storage/v1/b/bucket/o/runs%2Fr1%2Fa%20b");
        assertThat(server.authorizations()).isEmpty();
    }

    @Test
    void aBucketThatAsksToComeBackLaterIsAskedAgain() throws IOException {
        GcsStorage storage =
                storage(
                        (_, times) ->
                                times < 2
                                        ? error(times == 0 ? 429 : 503, "rateLimitExceeded")
                                        : new Answer(200, "{}", JSON));

        storage.put(BASE, "x", new byte[] {1});

        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void deniedSaysWhichPermissionIsMissing() throws IOException {
        GcsStorage storage = storage((_, _) -> error(403, "me@x does not have access"));

        assertThatThrownBy(() -> storage.check(BASE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("access denied: storage.objects.create on gs://bucket/runs/")
                .hasMessageContaining("me@x does not have access");
        assertThatThrownBy(() -> storage.get(BASE.resolve("x")))
                .hasMessageContaining(
                        "access denied: storage.objects.get on gs://bucket/runs/r1/x");
        assertThatThrownBy(() -> storage.deleteAll(BASE))
                .hasMessageContaining("access denied: storage.objects.list");
    }

    @Test
    void aMissingBucketIsToldFromAMissingObject() throws IOException {
        GcsStorage storage =
                storage(
                        (request, _) ->
                                error(
                                        404,
                                        request.startsWith("POST")
                                                ? "The specified bucket does not exist."
                                                : "No such object: bucket/runs/r1/x"));

        assertThatThrownBy(() -> storage.put(BASE, "x", new byte[] {1}))
                .hasMessageContaining("there is no bucket 'bucket'");
        assertThatThrownBy(() -> storage.get(BASE.resolve("x")))
                .hasMessageContaining("no such object: gs://bucket/runs/r1/x");
        storage.delete(BASE.resolve("x"));
    }

    private GcsStorage storage(FakeBucket.Rule rule) throws IOException {
        server = new FakeBucket(rule);
        return new GcsStorage(Map.of("STORAGE_EMULATOR_HOST", server.address()));
    }

    private static Answer error(int status, String message) {
        return new Answer(
                status,
                "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\"}}",
                JSON);
    }
}
