package io.scalable.storage;

import io.scalable.contracts.storage.Storage;
import java.util.Map;

/** Storage of a test's own server, for tests elsewhere. */
public final class TestStorage {

    private TestStorage() {}

    /** Storage at {@code server}, where {@code bucket} is made. */
    public static Storage s3(TestServer server, String bucket) {
        var environment = Map.of("AWS_ENDPOINT_URL_S3", server.address().toString());
        try (var client = S3Clients.create(environment)) {
            client.createBucket(r -> r.bucket(bucket));
        }
        return new S3Storage(environment);
    }
}
