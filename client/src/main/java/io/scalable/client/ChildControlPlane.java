package io.scalable.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.scalable.contracts.CallerLocale;
import io.scalable.contracts.FileProblem;
import io.scalable.contracts.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A control plane in a process of its own, which ends when its standard input closes: with {@link
 * #close()}, or with this JVM, however that ends.
 */
final class ChildControlPlane implements ControlPlane {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(10);
    private static final int LAST_LINES = 5;

    private final Process process;
    private final Path log;
    private final Map<String, String> kafka;
    private volatile boolean closed;

    private ChildControlPlane(Process process, Path log, Map<String, String> kafka) {
        this.process = process;
        this.log = log;
        this.kafka = Map.copyOf(kafka);
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param command the program that prints one line of JSON when it is ready
     * @param log where its standard error goes
     * @throws IllegalStateException if it does not get ready; the message has its last words
     */
    static ChildControlPlane start(List<String> command, Path log) {
        try {
            var builder = new ProcessBuilder(command).redirectError(log.toFile());
            CallerLocale.speakUtf8(builder.environment());
            Process process = builder.start();
            return new ChildControlPlane(process, log, connection(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the control plane: " + FileProblem.describe(e), e);
        }
    }

    @Override
    public Map<String, String> kafka() {
        return kafka;
    }

    @Override
    public void onLoss(Consumer<String> action) {
        var _ =
                process.onExit()
                        .thenAccept(
                                ended -> {
                                    if (!closed) {
                                        action.accept(lastWords(ended, log));
                                    }
                                });
    }

    @Override
    public void close() {
        closed = true;
        end(process);
    }

    private static Map<String, String> connection(Process process, Path log) {
        var line = CompletableFuture.supplyAsync(() -> firstLine(process));
        try {
            String ready = line.get(START.toSeconds(), TimeUnit.SECONDS);
            if (ready == null) {
                process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
                throw new IllegalStateException(lastWords(process, log));
            }
            var connection = Json.mapper().readTree(ready).path("kafka");
            return Json.mapper()
                    .convertValue(connection, new TypeReference<Map<String, String>>() {});
        } catch (IllegalStateException e) {
            end(process);
            throw e;
        } catch (JsonProcessingException e) {
            end(process);
            throw new IllegalStateException(
                    "the control plane's first line is no JSON; its log is " + log, e);
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the control plane started", e);
        } catch (ExecutionException | TimeoutException e) {
            end(process);
            throw new IllegalStateException(
                    "the control plane was not ready within "
                            + START.toSeconds()
                            + " s; its log is "
                            + log,
                    e);
        }
    }

    /** The reader stays open: nothing more is said, and closing it could end the process. */
    private static @Nullable String firstLine(Process process) {
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            return out.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String lastWords(Process process, Path log) {
        String status =
                process.isAlive() ? "closed its output" : "ended with " + process.exitValue();
        try {
            List<String> lines = Files.readAllLines(log);
            int from = Math.max(0, lines.size() - LAST_LINES);
            String words = String.join(" | ", lines.subList(from, lines.size()));
            return "the control plane " + status + "; its log is " + log + ": " + words;
        } catch (IOException e) {
            return "the control plane " + status + "; its log " + log + " cannot be read";
        }
    }
}
