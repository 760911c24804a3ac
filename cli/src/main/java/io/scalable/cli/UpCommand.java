package io.scalable.cli;

import io.scalable.client.host.ListenAddress;
import io.scalable.client.host.ScalableProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps a broker and all services running, in the background, for many runs. */
@Command(
        name = "up",
        description = {
            "Keep the broker and all services running in the background, for many runs and"
                    + " deployments: run --bootstrap, deploy --bootstrap.",
            "Its data and its secret stay: after down, or a crash, up goes on where it was."
        })
final class UpCommand implements Callable<Integer> {

    private static final ListenAddress USUAL = new ListenAddress("127.0.0.1", 9092);
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description =
                    "Where the broker listens: an address of this machine that workers reach"
                            + " (default: 127.0.0.1:9092, or where it was).")
    @Nullable String kafka;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the live page and REST, on 127.0.0.1 (default: a free one).")
    int http;

    @Option(
            names = "--dir",
            paramLabel = "D",
            defaultValue = KeptControlPlane.FOLDER,
            description =
                    "Folder for its data, its log and its secret; not on a network file system"
                            + " (default: ${DEFAULT-VALUE}).")
    Path dir;

    @Option(names = "--foreground", description = "Stay here until Ctrl-C or down.")
    boolean foreground;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path folder = dir.toAbsolutePath().normalize();
        makeOwn(folder);
        Optional<KeptControlPlane> kept = KeptControlPlane.in(folder);
        if (kept.flatMap(KeptControlPlane::process).isPresent()) {
            throw new UserException(
                    "a control plane runs already, at "
                            + kept.get().bootstrap()
                            + "; end it with: "
                            + CommandName.here()
                            + down(folder));
        }
        if (kafka != null && kept.isPresent() && !kept.get().bootstrap().equals(kafka)) {
            throw new UserException(
                    "the control plane in %s is known at %s; leave --kafka out, or begin anew with: %s%s --delete"
                            .formatted(
                                    folder,
                                    kept.get().bootstrap(),
                                    CommandName.here(),
                                    down(folder)));
        }
        ListenAddress listen = kafka == null ? USUAL : address(kafka);
        return foreground ? serve(folder, kept, listen) : inBackground(folder);
    }

    /** For its owner alone: the log tells the page's token. */
    private static void makeOwn(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private int serve(Path folder, Optional<KeptControlPlane> kept, ListenAddress listen)
            throws IOException {
        Path data = folder.resolve("data");
        Standalone standalone = started(folder, data, kept, listen);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    standalone.close();
                                    ended.countDown();
                                }));
        var here = KeptControlPlane.here(standalone.kafka(), standalone.page().orElse(null));
        here.write(folder);
        tell(folder, here);
        var lost = new AtomicReference<@Nullable String>();
        standalone.onLoss(
                reason -> {
                    lost.set(reason);
                    ended.countDown();
                });
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String reason = lost.get();
        if (reason != null) {
            standalone.close();
            throw new UserException("a service ended, and so does the control plane: " + reason);
        }
        return 0;
    }

    private Standalone started(
            Path folder, Path data, Optional<KeptControlPlane> kept, ListenAddress listen) {
        return kept.isPresent()
                ? Standalone.resume(data, folder, http, kept.get().kafka())
                : Standalone.keep(data, folder, http, listen);
    }

    private int inBackground(Path folder) throws IOException {
        Path log = folder.resolve("up.log");
        Process process =
                new ProcessBuilder(background(folder))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .start();
        long until = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < until) {
            Optional<KeptControlPlane> kept =
                    KeptControlPlane.in(folder).filter(k -> k.process().isPresent());
            if (kept.isPresent()) {
                tell(folder, kept.get());
                return 0;
            }
            if (ended(process)) {
                throw new UserException(
                        "it did not start: " + lastLine(log) + " (see " + log + ")");
            }
        }
        process.destroyForcibly();
        throw new UserException(
                "it was not ready after %d s; see %s".formatted(START.toSeconds(), log));
    }

    /** In a session of its own where that can be had, so that a closed terminal does not end it. */
    private List<String> background(Path folder) {
        var arguments = new ArrayList<>(List.of("up", "--foreground", "--dir", folder.toString()));
        arguments.addAll(List.of("--http", String.valueOf(http)));
        if (kafka != null) {
            arguments.addAll(List.of("--kafka", kafka));
        }
        var command = new ArrayList<String>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            command.add(setsid.toString());
        }
        Path jar = Path.of(System.getProperty("java.class.path", "")).toAbsolutePath();
        command.addAll(ScalableProgram.of(jar, arguments));
        return command;
    }

    /** Waits a moment for the process to end. */
    private static boolean ended(Process process) {
        try {
            process.onExit().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log).stream().filter(l -> !l.isBlank()).toList();
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    private void tell(Path folder, KeptControlPlane kept) {
        var lines = new ArrayList<String>();
        String command = CommandName.here();
        Path client = KeptControlPlane.clientProperties(folder);
        boolean usual = folder.equals(usualFolder());
        String brokers = " --kafka-properties " + CommandName.quoted(client.toString());
        lines.add("up: broker and services run, process " + kept.pid());
        lines.add(
                "  run on it             "
                        + command
                        + " run FILE"
                        + (usual ? " --bootstrap " + kept.bootstrap() : brokers));
        lines.add("  deploy on it          " + command + " deploy FILE" + (usual ? "" : brokers));
        lines.add("  other Kafka clients   " + client);
        URI page = kept.page();
        if (page != null) {
            lines.add("  live page             " + page);
        }
        lines.add("  end it                " + command + down(folder));
        Output.of(spec)
                .one(
                        lines,
                        new Kept(kept.pid(), kept.bootstrap(), client.toString(), page),
                        kept.bootstrap());
    }

    /** What was brought up, as programs read it; the secret is in the client's properties. */
    private record Kept(long pid, String bootstrap, String clientProperties, @Nullable URI page) {}

    private static Path usualFolder() {
        return Path.of(KeptControlPlane.FOLDER).toAbsolutePath().normalize();
    }

    private static String down(Path folder) {
        return " down"
                + (folder.equals(usualFolder())
                        ? ""
                        : " --dir " + CommandName.quoted(folder.toString()));
    }

    /** Reads {@code HOST:PORT}. */
    private static ListenAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port > 0 && port < 65536) {
                return new ListenAddress(text.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException("--kafka wants HOST:PORT, such as 10.0.0.5:9092, found: " + text);
    }
}
