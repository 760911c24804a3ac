package io.scalable.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against an emulator. */
class GcsStorageIT extends StorageContract {

    private static final URI ROOT = URI.create("gs://runs_of-test/energy/");

    private static TestServer server;
    private static GcsStorage storage;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.gcs(ROOT.getAuthority());
        storage = new GcsStorage(Map.of("STORAGE_EMULATOR_HOST", "127.0.0.1:" + server.port()));
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
        return URI.create("gs://gone/runs/r1");
    }

    @Test
    void manyAreDeleted() throws IOException {
        URI base = ROOT.resolve("many/");
        for (int i = 0; i < 60; i++) {
            storage.put(base, "" + i, "x".getBytes(StandardCharsets.UTF_8));
        }

        storage.deleteAll(base);

        assertThat(storage.exists(base.resolve("0"))).isFalse();
        assertThat(storage.exists(base.resolve("59"))).isFalse();
    }

    @Test
    void aPlaceWithoutABucketIsRefused() {
        assertThatThrownBy(() -> storage.check(URI.create("gs:///runs")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("names no bucket");
    }
}
