package io.scalable.services;

import io.scalable.cli.PackagedCommand;
import io.scalable.contracts.Json;
import io.scalable.contracts.JvmOptions;
import io.scalable.kafka.EmbeddedKafka;
import io.scalable.kafka.EmbeddedKafkaOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An embedded broker in a process of its own, so that it can be killed and started again. */
final class BrokerProcess implements AutoCloseable {

    private static final String SECRET = "onlyForThisTest";

    private final Path folder;
    private final int port;
    private Process process;
    private Map<String, String> clients = Map.of();

    private BrokerProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts a broker with its data in {@code folder}; returns when it serves clients. */
    static BrokerProcess start(Path folder) throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var broker = new BrokerProcess(folder, port);
        broker.restart();
        return broker;
    }

    /** Starts it on its data and its port; returns when it serves clients. */
    void restart() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.command());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx384m",
                        "-cp",
                        PackagedCommand.jar()
                                + ":"
                                + Path.of("target/test-classes").toAbsolutePath(),
                        BrokerProcess.class.getName(),
                        folder.resolve("broker").toString(),
                        Integer.toString(port)));
        process =
                new ProcessBuilder(command)
                        .redirectError(folder.resolve("broker.log").toFile())
                        .start();
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            if (line == null) {
                throw new IOException("the broker ended before it served: see " + folder);
            }
            var properties = new TreeMap<String, String>();
            Json.mapper()
                    .readTree(line)
                    .properties()
                    .forEach(p -> properties.put(p.getKey(), p.getValue().asText()));
            clients = properties;
        }
    }

    /** What its clients need. */
    Map<String, String> clients() {
        return clients;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The process: says what clients need on one line, and serves until it is killed. */
    public static void main(String[] args) throws Exception {
        var options =
                EmbeddedKafkaOptions.in(Path.of(args[0]))
                        .withPort(Integer.parseInt(args[1]))
                        .withSecret(SECRET)
                        .withPlain();
        EmbeddedKafka kafka = EmbeddedKafka.start(options);
        kafka.onLoss(_ -> Runtime.getRuntime().halt(1));
        System.out.println(Json.mapper().writeValueAsString(kafka.clientProperties()));
        System.out.flush();
        Thread.currentThread().join();
    }
}
