package io.scalable.client.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that drives a run, as the file {@code run.owner} beside its lock says: for file
 * systems that machines share and whose locks hold on one machine only, or not at all. The process
 * writes the file every few seconds, so that its age says whether the process lives.
 *
 * @param host the machine's name
 * @param pid the process there
 * @param started when that process began; another with its number began at another time
 */
record RunOwner(String host, long pid, String started) {

    /** An owner on another machine that was heard of within this time counts as alive. */
    static final Duration FRESH = Duration.ofSeconds(60);

    static RunOwner self() {
        ProcessHandle process = ProcessHandle.current();
        return new RunOwner(hostName(), process.pid(), started(process));
    }

    /** What {@code file} says; empty if it is missing or not whole. */
    static Optional<RunOwner> read(Path file) throws IOException {
        try {
            JsonNode json = Json.mapper().readTree(Files.readAllBytes(file));
            return json == null || !json.has("host")
                    ? Optional.empty()
                    : Optional.of(
                            new RunOwner(
                                    json.path("host").asText(),
                                    json.path("pid").asLong(),
                                    json.path("started").asText()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Writes the same bytes again and again: a full disk has room for that. */
    void write(Path file) throws IOException {
        byte[] json = Json.mapper().writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        try (var open =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int unused = open.write(ByteBuffer.wrap(json), 0);
            open.truncate(json.length);
        }
    }

    /** True if it is a process of this machine. */
    boolean here() {
        return host.equals(hostName());
    }

    /** True if the process lives; only its own machine can say. */
    boolean alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> started.equals(started(process)))
                .isPresent();
    }

    /**
     * How long ago {@code file} was written, by the file system's own clock: machines' clocks may
     * differ.
     */
    static Duration age(Path file) throws IOException {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        Duration age = Duration.between(written, now(file));
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static Instant now(Path file) {
        try {
            Path probe = Files.createTempFile(file.toAbsolutePath().getParent(), ".now-", "");
            try {
                return Files.getLastModifiedTime(probe).toInstant();
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            return Instant.now();
        }
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** {@code process 12 on login1}. */
    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }
}
