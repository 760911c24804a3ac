package io.scalable.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A server of {@code dev/...} on a free port of this machine, a process of its own. */
public record TestServer(Process process, int port) implements AutoCloseable {

    /**
     * Starts moto: S3 by its own words. Its credentials may be anything, so they are set for this
     * JVM.
     */
    public static TestServer s3() throws IOException, InterruptedException {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        System.setProperty("aws.region", "us-east-1");
        int port = freePort();
        return start("moto", port, List.of("-H", "127.0.0.1", "-p", "" + port));
    }

    /** Starts an emulator of Google Cloud Storage with the bucket {@code bucket}. */
    static TestServer gcs(String bucket) throws IOException, InterruptedException {
        int port = freePort();
        return start(
                "gcs",
                port,
                List.of(
                        "start",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--in-memory",
                        "--default-bucket=" + bucket));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static TestServer start(String tool, int port, List<String> arguments)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(tool + "-", ".log");
        var command = new ArrayList<>(List.of(program(tool)));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var server = new TestServer(process, port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .failFast(tool + " has ended: " + log, () -> !process.isAlive())
                .until(() -> listens(port));
        return server;
    }

    private static String program(String tool) throws IOException, InterruptedException {
        Process fetch =
                new ProcessBuilder(Path.of("../dev", tool).toAbsolutePath().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String path = new String(fetch.getInputStream().readAllBytes()).strip();
        Assumptions.assumeTrue(fetch.waitFor() == 0, "needs Python with venv (dev/" + tool + ")");
        return path;
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
