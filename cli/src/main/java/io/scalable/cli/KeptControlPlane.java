package io.scalable.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.scalable.contracts.Json;
import io.scalable.contracts.JsonProblem;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A control plane that {@code up} keeps running: what its folder says of it. The file is for its
 * owner alone, because it holds the broker's secret, and stays when the process ends, so that the
 * next {@code up} is found at the same address with the same secret.
 *
 * @param pid its process
 * @param startedAt when that process began; another process may have the same number later
 * @param kafka what a Kafka client needs to reach its broker
 * @param page the live page's address, with its token; null if it serves none
 */
record KeptControlPlane(
        long pid, Instant startedAt, Map<String, String> kafka, @Nullable URI page) {

    /** Where it is kept unless told otherwise. */
    static final String FOLDER = ".scalable/up";

    private static final String STATE = "control-plane.json";
    private static final String CLIENT = "client.properties";
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    KeptControlPlane {
        kafka = Map.copyOf(kafka);
    }

    /** This process as a control plane. */
    static KeptControlPlane here(Map<String, String> kafka, @Nullable URI page) {
        ProcessHandle self = ProcessHandle.current();
        return new KeptControlPlane(self.pid(), startOf(self), kafka, page);
    }

    /** What {@code folder} says; empty if none was ever kept there. */
    static Optional<KeptControlPlane> in(Path folder) throws IOException {
        Path file = folder.resolve(STATE);
        try {
            return Optional.of(
                    Json.mapper().readValue(Files.readAllBytes(file), KeptControlPlane.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no valid JSON: " + JsonProblem.describe(e), e);
        }
    }

    /** The one that is kept in the usual folder, if it is at {@code bootstrap}. */
    static Optional<KeptControlPlane> at(String bootstrap) throws IOException {
        return in(Path.of(FOLDER)).filter(kept -> kept.bootstrap().equals(bootstrap));
    }

    /** The one that runs from the usual folder. */
    static Optional<KeptControlPlane> running() throws IOException {
        return in(Path.of(FOLDER)).filter(kept -> kept.process().isPresent());
    }

    /** Its client's settings as a file, for {@code --kafka-properties} and other programs. */
    static Path clientProperties(Path folder) {
        return folder.resolve(CLIENT);
    }

    /** Puts it on record in {@code folder}, with its client's settings beside it. */
    void write(Path folder) throws IOException {
        var properties = new Properties();
        properties.putAll(kafka);
        var text = new StringWriter();
        properties.store(text, "A Kafka client of Scalable. It holds a secret.");
        replace(clientProperties(folder), text.toString());
        replace(folder.resolve(STATE), Json.mapper().writeValueAsString(this));
    }

    /** Its process; empty if that has ended. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(
                        found ->
                                Duration.between(startOf(found), startedAt).abs().compareTo(CLOCKS)
                                        <= 0);
    }

    String bootstrap() {
        return kafka.getOrDefault("bootstrap.servers", "");
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "KeptControlPlane[" + pid + ", " + bootstrap() + "]";
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** A temporary file is made with mode 0600 and keeps it when renamed. */
    private static void replace(Path file, String text) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".part-", "");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
