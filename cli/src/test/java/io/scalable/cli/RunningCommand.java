package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.client.run.RunFolder;
import io.scalable.client.run.Runs;
import io.scalable.client.run.TaskRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The packaged command in a process of its own, as a user starts it: in a folder of the test's,
 * with its output in a file there. Closing it kills what is left of it.
 */
final class RunningCommand implements AutoCloseable {

    /** Generous: a machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** A build in the background of a shell ignores SIGINT, and what it starts inherits that. */
    private static final List<String> DEFAULT_SIGNALS = List.of("env", "--default-signal=INT");

    private final Path folder;
    private final Path output;
    private final Process process;
    private final List<ProcessHandle> seen = new ArrayList<>();

    private RunningCommand(Path folder, Path output, Process process) {
        this.folder = folder;
        this.output = output;
        this.process = process;
    }

    /**
     * Starts the command in {@code folder}, which no other test uses: processes are known by it.
     */
    static RunningCommand start(Path folder, String... args) throws IOException {
        return start(folder, Map.of(), args);
    }

    /** The same, with {@code env} on top of this process's environment. */
    static RunningCommand start(Path folder, Map<String, String> env, String... args)
            throws IOException {
        var command = new ArrayList<>(DEFAULT_SIGNALS);
        command.addAll(PackagedCommand.java());
        command.addAll(List.of(args));
        Path output = Files.createTempFile(folder, "command-", ".out");
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(env);
        Process process = builder.start();
        process.getOutputStream().close();
        return new RunningCommand(folder, output, process);
    }

    /** Writes {@code manifest} to {@code folder} and runs it; runs are kept in {@code runs}. */
    static RunningCommand run(Path folder, String manifest) throws IOException {
        Files.writeString(folder.resolve("scalable.yaml"), manifest);
        return start(folder, "run", "--runs-dir", "runs");
    }

    /** Standard output and error so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the file {@code name} in the test's folder. */
    void awaitFile(String name) {
        await("file " + name)
                .atMost(PATIENCE)
                .failFast("the command ended:\n", () -> !process.isAlive())
                .until(() -> Files.exists(folder.resolve(name)));
    }

    void awaitOutput(String text) {
        await(text).atMost(PATIENCE).until(() -> output().contains(text));
    }

    /** Sends the signal {@code name}, such as INT, to the command alone. */
    void signal(String name) throws IOException, InterruptedException {
        signal(name, process.toHandle());
    }

    static void signal(String name, ProcessHandle target) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(target.pid()));
        assertThat(kill.start().waitFor()).as("kill -" + name).isZero();
    }

    /** Waits for the command's end and gives its exit status. */
    int exitStatus() throws InterruptedException {
        return exitStatus(PATIENCE);
    }

    /** Fails if the command is not over after {@code atMost}. */
    int exitStatus(Duration atMost) throws InterruptedException {
        assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .as("the command ends within %s; it said:%n%s", atMost, output())
                .isTrue();
        return process.exitValue();
    }

    /** The worker processes that run now; all processes below the command are remembered. */
    List<ProcessHandle> workers() {
        List<ProcessHandle> below = process.descendants().toList();
        seen.addAll(below);
        return below.stream().filter(names("io.scalable.worker.WorkerMain")).toList();
    }

    /** The run that the command made, by its only folder in {@code runs}. */
    RunFolder folder() throws IOException {
        return new Runs(folder.resolve("runs")).latest();
    }

    /** The final states of the tasks called {@code name}, in item order. */
    List<TaskRecord> tasks(String name) throws IOException {
        return folder().tasks().read().stream()
                .filter(task -> task.task().equals(name))
                .sorted((a, b) -> Integer.compare(a.index(), b.index()))
                .toList();
    }

    /** Waits until no process is left that {@link #workers()} saw or that names the folder. */
    void awaitNothingLeft() {
        await("processes of the run")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(left().map(ProcessHandle::info))
                                        .as("processes left")
                                        .isEmpty());
    }

    private Stream<ProcessHandle> left() {
        return Stream.concat(
                        seen.stream(),
                        ProcessHandle.allProcesses().filter(names(folder.toString())))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .distinct();
    }

    private static Predicate<ProcessHandle> names(String word) {
        return handle -> handle.info().commandLine().orElse("").contains(word);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        left().forEach(ProcessHandle::destroyForcibly);
    }
}
