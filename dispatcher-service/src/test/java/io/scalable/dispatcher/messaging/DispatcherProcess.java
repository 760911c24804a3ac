package io.scalable.dispatcher.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A dispatcher in a JVM of its own, so that it can be killed. */
final class DispatcherProcess implements AutoCloseable {

    private final Process process;

    private DispatcherProcess(Process process) {
        this.process = process;
    }

    /**
     * @param folder for its state, its settings and what it prints
     */
    static DispatcherProcess start(Map<String, String> kafka, Path folder) throws IOException {
        Files.createDirectories(folder);
        var settings = new Properties();
        settings.putAll(kafka);
        Path file = folder.resolve("kafka.properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        return new DispatcherProcess(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DispatcherProcess.class.getName(),
                                file.toString(),
                                folder.resolve("state").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start());
    }

    /** Ends it in the middle of whatever it does. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            int _ = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process: a file of Kafka properties, a folder for the state. */
    public static void main(String[] args) throws InterruptedException {
        var settings = new Properties();
        try (var in = Files.newBufferedReader(Path.of(args[0]))) {
            settings.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var kafka = new TreeMap<String, String>();
        settings.forEach((key, value) -> kafka.put(key.toString(), value.toString()));
        try (var _ =
                DispatcherHost.start(
                        kafka, HostSettings.in(Path.of(args[1])), _ -> System.exit(1))) {
            Thread.currentThread().join();
        }
    }
}
