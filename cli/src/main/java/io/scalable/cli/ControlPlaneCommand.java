package io.scalable.cli;

import io.scalable.client.host.ListenAddress;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The broker and all services for a program that drives them: the SDK starts it as a child process.
 * One line of JSON on standard output says how to connect; it ends when its standard input does, so
 * it never outlives its parent.
 */
@Command(
        name = "control-plane",
        description =
                "Run the broker and all services until standard input ends (used by the SDK).")
final class ControlPlaneCommand implements Callable<Integer> {

    @Option(
            names = "--data-dir",
            description =
                    "Folder for the broker's and the services' data (default: a temporary one).")
    @Nullable Path dataDir;

    @Option(names = "--host", description = "The broker's address (default: 127.0.0.1).")
    String host = ListenAddress.LOOPBACK.host();

    @Option(names = "--port", description = "The broker's port (default: a free one).")
    int port;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Interrupts.leaveToParent();
        if (dataDir != null) {
            serve(dataDir);
            return 0;
        }
        Path temporary = Files.createTempDirectory("scalable-");
        try {
            serve(temporary);
        } finally {
            DataDirs.delete(temporary);
        }
        return 0;
    }

    private void serve(Path data) throws IOException {
        try (var standalone = Standalone.start(data, data, null, new ListenAddress(host, port))) {
            var out = spec.commandLine().getOut();
            out.println(Json.mapper().writeValueAsString(Map.of("kafka", standalone.kafka())));
            out.flush();
            var lost = new CompletableFuture<@Nullable String>();
            standalone.onLoss(lost::complete);
            Thread.ofPlatform().daemon().start(() -> awaitEndOfInput(lost));
            String reason = lost.join();
            if (reason != null) {
                throw new UserException(reason);
            }
        }
    }

    private static void awaitEndOfInput(CompletableFuture<@Nullable String> ended) {
        byte[] ignored = new byte[256];
        try {
            while (System.in.read(ignored) >= 0) {
                // Whatever is written to us means nothing; only its end does.
            }
        } catch (IOException e) {
            // Nobody is there any more, as at the end.
        }
        ended.complete(null);
    }
}
