package io.scalable.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Slurm on this machine, started by {@code dev/slurm} for a test class. Where it cannot be
 * had, its tests are skipped, and say so. A machine has one at a time: its tests wait for real time
 * limits, and two clusters of JVMs would make one another late. A test class in another process
 * waits until it is closed.
 */
public final class RealSlurm implements AutoCloseable {

    private final Path script;
    private final Path folder;
    private final FileChannel lock;

    private RealSlurm(Path script, Path folder, FileChannel lock) {
        this.script = script;
        this.folder = folder;
        this.lock = lock;
    }

    /** Starts {@code nodes} nodes of {@code cpus} cores, which need not be there. */
    public static RealSlurm start(int nodes, int cpus) {
        Path script = DevScript.find("slurm");
        boolean root = System.getProperty("user.name").equals("root");
        boolean there =
                List.of("slurmctld", "slurmd", "munged").stream()
                        .allMatch(name -> Files.isExecutable(Path.of("/usr/sbin", name)));
        Assumptions.assumeTrue(
                root && there, "a real Slurm needs root and Debian's slurm-wlm and munge");
        try {
            // munged refuses folders that others may write to, which temporary ones may be in.
            Path folder = Files.createTempDirectory(Path.of("/run"), "scalable-slurm-");
            var slurm = new RealSlurm(script, folder.resolve("slurm"), lock());
            try {
                slurm.call("start", String.valueOf(nodes), String.valueOf(cpus));
            } catch (RuntimeException e) {
                slurm.lock.close();
                throw e;
            }
            return slurm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Held until it is closed, or its process ends. */
    private static FileChannel lock() throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "scalable-test-slurm.lock");
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var unused = channel.lock();
        return channel;
    }

    /** The environment variable that Slurm's commands need. */
    public String conf() {
        return folder.resolve("slurm.conf").toString();
    }

    /** Standard output of one of Slurm's commands. */
    public String ask(String... command) {
        return run(List.of(command));
    }

    @Override
    public void close() {
        call("stop");
        try {
            Files.delete(folder.getParent());
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void call(String... words) {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        String unused = run(command);
    }

    private String run(List<String> command) {
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().put("SCALABLE_SLURM_DIR", folder.toString());
            builder.environment().put("SLURM_CONF", conf());
            Path errors = Files.createTempFile("slurm", ".err");
            Process process = builder.redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + ": " + Files.readString(errors));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
