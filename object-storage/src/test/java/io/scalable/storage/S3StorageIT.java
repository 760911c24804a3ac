package io.scalable.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** Against moto. */
class S3StorageIT extends StorageContract {

    private static final URI ROOT = URI.create("s3://runs-of-test/energy/");

    private static TestServer server;
    private static S3Client client;
    private static S3Storage storage;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.s3();
        var environment = Map.of("AWS_ENDPOINT_URL_S3", server.address().toString());
        client = S3Clients.create(environment);
        storage = new S3Storage(environment);
        client.createBucket(r -> r.bucket(ROOT.getAuthority()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    Storage storage() {
        return storage;
    }

    @Override
    URI root() {
        return ROOT;
    }

    @Override
    URI unreachable() {
        return URI.create("s3://gone/runs/r1");
    }

    @Test
    void aMissingBucketIsNamed() {
        assertThatThrownBy(() -> storage.check(unreachable()))
                .hasMessageContaining("there is no bucket 'gone'")
                .hasMessageContaining("project.default_storage");
        assertThatThrownBy(() -> storage.deleteAll(unreachable()))
                .hasMessageContaining("there is no bucket 'gone'");
        assertThatThrownBy(() -> storage.check(URI.create("s3:///runs")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("names no bucket");
    }

    @Test
    void aLargeFileGoesUpInParts() throws IOException {
        var content = new byte[(11 << 20) + 3];
        new Random(11).nextBytes(content);
        Path file = Files.write(folder.resolve("large"), content);
        BucketPlace place = BucketPlace.of(ROOT).resolve("large.bin");

        new S3Objects(client, 5 << 20).put(place, file, content.length);

        assertThat(storage.get(place.uri())).isEqualTo(content);
        assertThat(client.headObject(r -> r.bucket(place.bucket()).key(place.key())).eTag())
                .contains("-3");
    }

    @Test
    void moreThanAPageIsDeleted() throws IOException {
        BucketPlace base = BucketPlace.of(ROOT).resolve("many");
        for (int i = 0; i < 1_005; i++) {
            storage.put(base.uri(), "" + i, "x".getBytes(StandardCharsets.UTF_8));
        }

        storage.deleteAll(base.uri());

        assertThat(
                        client.listObjectsV2(r -> r.bucket(base.bucket()).prefix(base.prefix()))
                                .contents())
                .isEmpty();
    }
}
