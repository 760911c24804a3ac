package io.scalable.cli;

import io.scalable.client.inspect.DeploymentSource;
import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.inspect.TaskLog;
import io.scalable.client.inspect.WorkerLog;
import io.scalable.client.report.ReportJson;
import io.scalable.client.run.WorkerView;
import io.scalable.contracts.storage.Storages;
import io.scalable.contracts.task.TaskHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a task or a worker has written. */
@Command(
        name = "logs",
        description = "Print what a task, or a worker, has written; -f goes on until it ends.")
final class LogsCommand implements Callable<Integer> {

    /** Which of a task's streams. */
    enum Stream {
        /** Standard output. */
        OUT,
        /** Standard error. */
        ERR,
        /** First one, then the other. */
        BOTH;

        /** As it is written on the command line, and in the names of files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            paramLabel = "TASK|WORKER",
            description = "A task's id, or such as fit/3; or a worker's id.")
    String named;

    @Mixin RunSelection run;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the task or worker ends.")
    boolean follow;

    @Option(names = "--attempt", paramLabel = "N", description = "Which (default: the newest).")
    @Nullable Integer attempt;

    @Option(
            names = "--stream",
            paramLabel = "S",
            description = "A task's out, err or both (default: both).")
    Stream stream = Stream.BOTH;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (attempt != null && attempt < 1) {
            throw new UsageException("attempts count from 1, found " + attempt);
        }
        try (DeploymentSource source = run.open()) {
            DeploymentView found = run.find(source, named);
            Optional<WorkerView> worker =
                    named.contains("/")
                            ? Optional.empty()
                            : source.workers(found.id()).stream()
                                    .filter(w -> w.workerId().equals(named))
                                    .findFirst();
            if (worker.isPresent()) {
                return ofWorker(source, found, worker.get());
            }
            TaskHistory task = RunSelection.task(found, source.tasks(found.id()), named);
            return ofTask(source, found, task);
        }
    }

    private int ofTask(DeploymentSource source, DeploymentView found, TaskHistory task)
            throws IOException {
        var printer = new LogPrinter(spec);
        if (follow) {
            printer.follow(
                    () -> RunSelection.task(found, source.tasks(found.id()), task.taskId()),
                    state -> logs(found, state));
            return ExitStatus.OK;
        }
        List<TaskLog> logs = logs(found, task);
        if (Output.of(spec).format() == Format.JSON) {
            json(task, logs);
            return ExitStatus.OK;
        }
        if (!printer.print(logs)) {
            throw new UserException(nothing(task, logs));
        }
        return ExitStatus.OK;
    }

    private List<TaskLog> logs(DeploymentView found, TaskHistory task) {
        int which = attempt == null ? Math.max(1, task.attempt()) : attempt;
        return (stream == Stream.BOTH ? List.of(Stream.OUT, Stream.ERR) : List.of(stream))
                .stream()
                        .map(Stream::toString)
                        .map(s -> new TaskLog(Storages.here(), found.storages(), task, which, s))
                        .toList();
    }

    private void json(TaskHistory task, List<TaskLog> logs) throws IOException {
        var streams = new ArrayList<Map<String, Object>>();
        for (TaskLog log : logs) {
            streams.add(
                    Map.of(
                            "stream",
                            log.stream(),
                            "place",
                            log.place().map(Object::toString).orElse(""),
                            "text",
                            new String(log.all(), StandardCharsets.UTF_8)));
        }
        spec.commandLine()
                .getOut()
                .println(ReportJson.of(Map.of("task_id", task.taskId(), "streams", streams)));
        spec.commandLine().getOut().flush();
    }

    private static String nothing(TaskHistory task, List<TaskLog> logs) {
        return task.taskId()
                + " ("
                + RunTable.word(task.state())
                + ") has written nothing"
                + (logs.getFirst().candidates().isEmpty()
                        ? "; where its log lies is not on record"
                        : " that is seen from here; its log would be at "
                                + logs.getFirst().candidates().getFirst());
    }

    private int ofWorker(DeploymentSource source, DeploymentView found, WorkerView worker)
            throws IOException {
        WorkerLog log =
                source.workerLog(found.id(), worker.workerId())
                        .orElseThrow(() -> new UserException(nothing(worker)));
        Path file = log.file();
        String lastLines = log.lastLines();
        if (file == null) {
            Output.of(spec)
                    .one(
                            lastLines == null ? List.of() : lastLines.lines().toList(),
                            log,
                            lastLines == null ? "" : lastLines);
            return ExitStatus.OK;
        }
        if (!follow && Files.size(file) == 0) {
            new Messages(spec.commandLine().getErr())
                    .tell("worker " + worker.workerId() + " has written nothing to " + file);
        }
        new LogPrinter(spec)
                .file(
                        file,
                        () ->
                                !follow
                                        || source.workers(found.id()).stream()
                                                .noneMatch(
                                                        w ->
                                                                w.workerId()
                                                                                .equals(
                                                                                        worker
                                                                                                .workerId())
                                                                        && w.present()));
        return ExitStatus.OK;
    }

    private static String nothing(WorkerView worker) {
        return "worker "
                + worker.workerId()
                + " ("
                + worker.state()
                + ") has left no log that is seen from here; "
                + (worker.detail().isEmpty() ? "" : "it is " + worker.detail() + "; ")
                + "workers that are threads write to services.log of their run, jobs and containers"
                + " where their backend keeps it";
    }
}
