package io.scalable.services;

import io.scalable.contracts.JvmOptions;
import io.scalable.testkit.Readiness;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A service as an application of its own, in a process, as its container starts it. */
final class ServiceProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 30;

    private final String module;
    private final int port;
    private final Path log;
    private final Process process;

    private ServiceProcess(String module, int port, Path log, Process process) {
        this.module = module;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts the service that {@code module} builds; does not wait for it.
     *
     * @param folder its working directory; its output goes to {@code <name>.log} there
     */
    static ServiceProcess start(String module, String name, Path folder, Map<String, String> env)
            throws IOException {
        Path jar = Path.of("..", module, "target/quarkus-app/quarkus-run.jar").toAbsolutePath();
        Assumptions.assumeTrue(Files.exists(jar), "needs the application of " + module);
        int port = freePort();
        Path log = folder.resolve(name + ".log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.command());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-jar", jar.toString()));
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(env);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        return new ServiceProcess(module, port, log, builder.start());
    }

    /** Waits until it says that it is ready. */
    ServiceProcess ready() throws IOException {
        try {
            String unused = Readiness.await(uri("/q/health/ready"));
            return this;
        } catch (RuntimeException e) {
            throw new AssertionError(module + " is not ready:\n" + Files.readString(log), e);
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    URI uri(String path) {
        return URI.create("http://" + address() + path);
    }

    /** What it answers. */
    String get(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends it without a chance to say good-bye. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
