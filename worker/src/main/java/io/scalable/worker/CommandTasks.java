package io.scalable.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.CallerLocale;
import io.scalable.contracts.Json;
import io.scalable.contracts.Work;
import io.scalable.contracts.trace.TraceParent;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands as processes, without a shell. Input and output are files, so that no thread pumps
 * bytes. A result file that is there before the command starts is no result of it, and is deleted.
 * Thread-safe.
 */
final class CommandTasks implements AutoCloseable {

    private final WorkerConfig config;
    private final TaskLogs logs;
    private final OutOfMemoryKills memoryKills;
    private final ArgumentLimits arguments = ArgumentLimits.here();
    private final Set<CommandProcess> running = ConcurrentHashMap.newKeySet();
    private final Supplier<Optional<PosixSpawn>> spawn;
    private @Nullable Optional<ProcessGroups> groups;
    private boolean closed;

    CommandTasks(WorkerConfig config, TaskLogs logs, OutOfMemoryKills memoryKills) {
        this(config, logs, memoryKills, new PreparedSpawn());
    }

    /**
     * @param spawn how a command is started; where it is empty, by Java
     */
    CommandTasks(
            WorkerConfig config,
            TaskLogs logs,
            OutOfMemoryKills memoryKills,
            Supplier<Optional<PosixSpawn>> spawn) {
        this.spawn = spawn;
        this.config = config;
        this.logs = logs;
        this.memoryKills = memoryKills;
    }

    /**
     * Runs the command to its end.
     *
     * @throws TaskFault if it cannot be found, ends with another status than 0, or leaves no result
     * @throws InterruptedException if the attempt is stopped; nothing of the command runs any more
     */
    JsonNode run(Work.Command work, TaskInput input, Attempt attempt)
            throws TaskFault, IOException, InterruptedException {
        Path stdin =
                TemporaryFolder.here()
                        .file(
                                "scalable-input-",
                                file -> Json.mapper().writeValue(file.toFile(), input.toJson()));
        try (AttemptLogs kept = logs.of(attempt.lease())) {
            kept.makeFolder();
            ProcessBuilder builder = builder(work, attempt);
            builder.redirectInput(stdin.toFile())
                    .redirectOutput(Redirect.appendTo(kept.out().toFile()))
                    .redirectError(Redirect.appendTo(kept.err().toFile()));
            OutOfMemoryKills.Count before = memoryKills.recent();
            int status = await(builder);
            if (status != 0) {
                throw CommandFailure.of(
                        work.argv().getFirst(),
                        status,
                        CommandResult.tail(kept.err()),
                        ExitStatus.killed(status)
                                ? memoryKills.count().since(before)
                                : OutOfMemoryKills.Verdict.NONE);
            }
            if (work.resultFile() == null) {
                ResultLimits.checkSize("standard output", kept.printed());
                return CommandResult.read(kept.out(), "standard output");
            }
            return CommandResult.read(
                    config.directory().resolve(work.resultFile()),
                    "result file " + work.resultFile());
        } finally {
            Files.deleteIfExists(stdin);
        }
    }

    /** Kills every command that still runs. */
    @Override
    public void close() {
        Optional<ProcessGroups> guard;
        synchronized (this) {
            closed = true;
            guard = groups == null ? Optional.empty() : groups;
        }
        running.forEach(CommandProcess::kill);
        guard.ifPresent(ProcessGroups::close);
    }

    private ProcessBuilder builder(Work.Command work, Attempt attempt)
            throws TaskFault, IOException {
        var builder = new ProcessBuilder().directory(config.directory().toFile());
        Map<String, String> env = builder.environment();
        // What the worker itself was told, secrets among it, is nothing for the task.
        env.remove(RemoteConfig.KAFKA);
        env.remove(RemoteConfig.VARIABLE);
        CallerLocale.restore(env);
        env.putAll(config.env());
        env.put("SCALABLE_TASK_ID", attempt.taskId());
        env.put("SCALABLE_ATTEMPT", Integer.toString(attempt.attempt()));
        env.put("SCALABLE_DEPLOYMENT", config.deploymentId());
        String traceparent = TraceParent.current();
        if (traceparent != null) {
            env.put(TraceParent.ENVIRONMENT, traceparent);
        }
        if (work.resultFile() != null) {
            Path result = config.directory().resolve(work.resultFile());
            env.put("SCALABLE_RESULT_FILE", result.toString());
            deleteOlder(result, work.resultFile());
        }
        var argv = new ArrayList<>(work.argv());
        argv.set(
                0,
                Programs.find(
                                argv.getFirst(),
                                config.directory(),
                                env.getOrDefault("PATH", "/usr/bin:/bin"))
                        .toString());
        arguments.check(argv, env);
        return builder.command(argv);
    }

    private static void deleteOlder(Path result, String name) throws TaskFault, IOException {
        if (Files.isDirectory(result)) {
            throw TaskFault.user(
                    "no result", "result file " + name + " is a folder: name a file in it");
        }
        Files.deleteIfExists(result);
    }

    private int await(ProcessBuilder builder) throws IOException, InterruptedException {
        CommandProcess process = start(builder);
        try {
            return process.await();
        } finally {
            running.remove(process);
        }
    }

    /** Under the lock, so that no command starts behind {@link #close}. */
    private synchronized CommandProcess start(ProcessBuilder builder)
            throws IOException, InterruptedException {
        if (closed) {
            throw new InterruptedException("the worker stops");
        }
        if (groups == null || groups.isPresent() && !groups.get().alive()) {
            groups = ProcessGroups.start();
        }
        var process = new CommandProcess(started(builder, groups), groups);
        running.add(process);
        return process;
    }

    private StartedProcess started(ProcessBuilder builder, Optional<ProcessGroups> guard)
            throws IOException {
        Optional<PosixSpawn> direct = guard.isPresent() ? spawn.get() : Optional.empty();
        if (direct.isPresent() && PosixSpawn.keeps(builder.environment())) {
            return direct.get().start(builder);
        }
        List<String> argv = builder.command();
        guard.ifPresent(g -> builder.command(g.inOwnGroup(argv)));
        return StartedProcess.of(builder.start());
    }
}
