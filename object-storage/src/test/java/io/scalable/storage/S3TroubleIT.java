package io.scalable.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.storage.FakeBucket.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What S3 answers when something is wrong. */
class S3TroubleIT {

    private static final URI BASE = URI.create("s3://bucket/runs/r1/");
    private static final Answer SLOW_DOWN = error(503, "SlowDown", "Please reduce your rate.");

    private FakeBucket server;

    @TempDir Path folder;

    @BeforeAll
    static void credentials() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "a-secret-key");
        System.setProperty("aws.region", "us-east-1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aBucketThatAsksToSlowDownIsAskedAgain() throws IOException {
        S3Storage storage = storage((_, times) -> times < 2 ? SLOW_DOWN : new Answer(200, ""));

        storage.put(BASE, "x", new byte[] {1});

        assertThat(server.requests()).hasSize(3).containsOnly("PUT /bucket/runs/r1/x");
    }

    @Test
    void deniedSaysWhichPermissionIsMissing() throws IOException {
        S3Storage storage =
                storage((_, _) -> error(403, "AccessDenied", "User: arn:x is not authorized"));

        assertThatThrownBy(() -> storage.check(BASE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("access denied: s3:PutObject on s3://bucket/runs/r1/.check/")
                .hasMessageContaining("User: arn:x is not authorized");
        assertThatThrownBy(() -> storage.get(BASE.resolve("x")))
                .hasMessageContaining("access denied: s3:GetObject on s3://bucket/runs/r1/x");
        assertThatThrownBy(() -> storage.deleteAll(BASE))
                .hasMessageContaining("access denied: s3:ListBucket");
        assertThat(storage.exists(BASE.resolve("x"))).isFalse();
    }

    @Test
    void expiredCredentialsAreSaidToBeThat() throws IOException {
        S3Storage storage = storage((_, _) -> error(400, "ExpiredToken", "The token is expired."));

        assertThatThrownBy(() -> storage.get(BASE.resolve("x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("have expired")
                .hasMessageContaining("aws sso login")
                .hasMessageNotContaining("a-secret-key");
    }

    @Test
    void whoeverMayNotDeleteMayWorkAllTheSame() throws IOException {
        S3Storage storage =
                storage(
                        (request, _) ->
                                switch (request.substring(0, 3)) {
                                    case "PUT" -> new Answer(200, "");
                                    case "GET" -> new Answer(200, "reached");
                                    default -> error(403, "AccessDenied", "no");
                                });

        storage.check(BASE);

        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        S3Storage storage = storage((_, _) -> new Answer(200, ""));
        server.close();

        assertThatThrownBy(() -> storage.put(BASE, "x", new byte[] {1}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("s3://bucket/runs/r1/x cannot be reached")
                .hasMessageContaining("AWS_ENDPOINT_URL");
    }

    @Test
    void anUploadThatBreaksOffIsTakenBackAndNeverCompleted() throws IOException {
        server =
                new FakeBucket(
                        (request, _) -> {
                            if (request.endsWith("?uploads")) {
                                return new Answer(200, upload());
                            }
                            if (request.contains("partNumber=2")) {
                                return error(403, "AccessDenied", "no");
                            }
                            return request.startsWith("DELETE")
                                    ? new Answer(204, "")
                                    : new Answer(200, "", List.of("ETag: \"1\""));
                        });
        var objects = new S3Objects(S3Clients.create(environment()), 5);
        Path file = Files.write(folder.resolve("large"), new byte[12]);

        assertThatThrownBy(() -> objects.put(BucketPlace.of(BASE).resolve("x"), file, 12))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("access denied: s3:PutObject on s3://bucket/runs/r1/x");

        assertThat(server.requests())
                .contains("DELETE /bucket/runs/r1/x?uploadId=up")
                .noneMatch(request -> request.startsWith("POST") && request.contains("uploadId"));
    }

    private S3Storage storage(FakeBucket.Rule rule) throws IOException {
        server = new FakeBucket(rule);
        return new S3Storage(environment());
    }

    private Map<String, String> environment() {
        return Map.of("AWS_ENDPOINT_URL", server.address());
    }

    private static Answer error(int status, String code, String message) {
        return new Answer(
                status,
                "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
    }

    private static String upload() {
        return "<InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>runs/r1/x</Key>"
                + "<UploadId>up</UploadId></InitiateMultipartUploadResult>";
    }
}
