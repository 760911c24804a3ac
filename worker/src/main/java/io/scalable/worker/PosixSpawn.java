package io.scalable.worker;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts commands by the C library's {@code posix_spawn}, each as the leader of a session and a
 * process group of its own. Java's own way runs a helper first, and {@code setsid} would be a third
 * program for each command. Thread-safe.
 */
final class PosixSpawn {

    private static final System.Logger LOG = System.getLogger(PosixSpawn.class.getName());

    /** What {@code execvp} runs a text file by that names no interpreter. */
    private static final String SHELL = "/bin/sh";

    /** Threads that wait for a process each; they live on for a while. */
    private static final ExecutorService WAITING =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("command-", 0).factory());

    private final SpawnCalls calls;

    private PosixSpawn(SpawnCalls calls) {
        this.calls = calls;
    }

    /**
     * Empty where this cannot be used: the C library lacks a call, this program may not call it, or
     * Java's texts are not what the system's are.
     */
    static Optional<PosixSpawn> here() {
        boolean allowed = PosixSpawn.class.getModule().isNativeAccessEnabled();
        boolean linux = System.getProperty("os.name").equals("Linux");
        boolean utf8 =
                StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding", ""));
        if (!allowed || !linux || !utf8) {
            return Optional.empty();
        }
        try {
            return SpawnCalls.find().map(PosixSpawn::new);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, "commands are started by Java", e);
            return Optional.empty();
        }
    }

    /**
     * False where the environment has bytes that are no UTF-8: Java hands them on as they are, but
     * its texts, which are all that is known here, do not have them.
     */
    static boolean keeps(Map<String, String> environment) {
        return environment.entrySet().stream()
                .noneMatch(v -> replaced(v.getKey()) || replaced(v.getValue()));
    }

    private static boolean replaced(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    /**
     * Starts what the builder describes. Its standard input is a file to read, its standard output
     * and error are files to append to.
     *
     * @throws IOException if it cannot be started
     */
    StartedProcess start(ProcessBuilder builder) throws IOException {
        File directory = builder.directory();
        var files =
                new SpawnCalls.Files(
                        builder.redirectInput().file().toPath(),
                        builder.redirectOutput().file().toPath(),
                        builder.redirectError().file().toPath(),
                        directory == null ? Path.of(".") : directory.toPath());
        List<String> environment = environment(builder.environment());
        List<String> argv = builder.command();
        for (String word : argv) {
            // The C library would take the text up to there for the whole.
            if (word.indexOf('\0') >= 0) {
                throw new IOException("invalid null character in command");
            }
        }
        try {
            return new Spawned(calls, calls.spawn(argv.getFirst(), argv, environment, files));
        } catch (SpawnCalls.NoProgramException e) {
            var script = new ArrayList<>(argv);
            script.addFirst(SHELL);
            return new Spawned(calls, calls.spawn(SHELL, script, environment, files));
        }
    }

    private static List<String> environment(Map<String, String> variables) {
        return variables.entrySet().stream().map(v -> v.getKey() + "=" + v.getValue()).toList();
    }

    /** Waited for from its start on, so that it never stays a zombie. */
    private static final class Spawned implements StartedProcess {
        private final long pid;
        private final Future<Integer> status;

        Spawned(SpawnCalls calls, int pid) {
            this.pid = pid;
            this.status = WAITING.submit(() -> calls.await(pid));
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public int waitFor() throws InterruptedException {
            try {
                return status.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("process " + pid + " cannot be waited for", e);
            }
        }
    }
}
