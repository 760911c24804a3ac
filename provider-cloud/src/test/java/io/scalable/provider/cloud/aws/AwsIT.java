package io.scalable.provider.cloud.aws;

import io.scalable.provider.ProviderContract;
import io.scalable.provider.ProviderStage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract by the SDK, over HTTP, with workers that are processes. */
class AwsIT extends ProviderContract {

    @TempDir static Path logs;
    private static EcsServer server;

    @TempDir Path folder;

    @BeforeAll
    static void startServer() {
        server = EcsServer.start(logs);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected ProviderStage newStage() {
        return new AwsStage(server, folder);
    }
}
