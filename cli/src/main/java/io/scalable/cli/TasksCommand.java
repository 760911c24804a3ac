package io.scalable.cli;

import io.scalable.client.inspect.Cancellation;
import io.scalable.client.inspect.DeploymentSource;
import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.inspect.FailedAttemptView;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tasks of a run or deployment. */
@Command(
        name = "tasks",
        description = "List, show or cancel tasks of a run.",
        synopsisSubcommandLabel = "(list | show | cancel)")
final class TasksCommand implements Runnable {

    private static final int USUAL_LIMIT = 1000;

    @Spec CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: list, show or cancel?");
    }

    @Command(name = "list", description = "List tasks, by id.")
    int list(
            @Mixin RunSelection run,
            @Option(
                            names = "--state",
                            paramLabel = "S",
                            split = ",",
                            description = "Only those in these states: ${COMPLETION-CANDIDATES}.")
                    TaskState @Nullable [] states,
            @Option(names = "--task", paramLabel = "NAME", description = "Only those of the name.")
                    @Nullable String name,
            @Option(names = "--pool", paramLabel = "P", description = "Only those of the pool.")
                    @Nullable String pool,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "" + USUAL_LIMIT,
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit)
            throws IOException {
        try (DeploymentSource source = run.open()) {
            DeploymentView found = run.find(source);
            List<TaskHistory> tasks =
                    source.tasks(found.id()).stream()
                            .filter(t -> states == null || List.of(states).contains(t.state()))
                            .filter(t -> name == null || t.task().equals(name))
                            .filter(t -> pool == null || t.component().equals(pool))
                            .sorted(Comparator.comparing(TaskHistory::taskId, new TaskIdOrder()))
                            .toList();
            Output output = Output.of(spec);
            output.list(
                    tasks.stream().limit(limit).toList(),
                    TaskTable.of(found, Instant.now()),
                    TaskHistory::taskId,
                    "no such tasks on record in run " + found.id());
            if (tasks.size() > limit) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "scalable: %d more; --limit shows them"
                                        .formatted(tasks.size() - limit));
            }
        }
        return ExitStatus.OK;
    }

    /** As programs read it. */
    private record Shown(
            TaskHistory task, List<String> needs, List<FailedAttemptView> failedAttempts) {}

    @Command(name = "show", description = "Show one task with its attempts.")
    int show(
            @Mixin RunSelection run,
            @Parameters(paramLabel = "TASK", description = "Its id, or such as fit/3.")
                    String named)
            throws IOException {
        try (DeploymentSource source = run.open()) {
            DeploymentView found = run.find(source, named);
            TaskHistory task = RunSelection.task(found, source.tasks(found.id()), named);
            List<String> needs = source.needs(found.id(), task.taskId());
            List<FailedAttemptView> failed =
                    source.failedAttempts(found.id()).stream()
                            .filter(a -> a.taskId().equals(task.taskId()))
                            .toList();
            Output.of(spec)
                    .one(
                            TaskTable.details(task, needs, failed, Instant.now()),
                            new Shown(task, needs, failed),
                            task.taskId());
        }
        return ExitStatus.OK;
    }

    @Command(
            name = "cancel",
            description = "Stop tasks, wherever they are; those that need them are skipped.")
    int cancel(
            @Mixin RunSelection run,
            @Parameters(
                            arity = "1..*",
                            paramLabel = "TASK",
                            description = "Their ids, or such as fit/3.")
                    String[] named)
            throws IOException {
        try (DeploymentSource source = run.open()) {
            DeploymentView found = run.find(source, named[0]);
            List<TaskHistory> tasks = source.tasks(found.id());
            List<TaskHistory> wanted =
                    Arrays.stream(named)
                            .map(name -> RunSelection.task(found, tasks, name))
                            .distinct()
                            .toList();
            List<String> ids =
                    wanted.stream()
                            .filter(task -> !task.state().terminal())
                            .map(TaskHistory::taskId)
                            .toList();
            if (ids.isEmpty()) {
                throw new UserException(
                        wanted.getFirst().taskId()
                                + " has ended already: "
                                + RunTable.word(wanted.getFirst().state()));
            }
            source.cancel(found.id(), new Cancellation(ids, true, "cancelled by hand"));
            Output.of(spec)
                    .one(
                            ids.stream().map(id -> "asked to stop " + id).toList(),
                            Map.of("cancelled", ids),
                            String.join("\n", ids));
        }
        return ExitStatus.OK;
    }
}
