package io.scalable.cli;

import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.inspect.FailedAttemptView;
import io.scalable.client.report.PrintableText;
import io.scalable.client.run.DeploymentCondition;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.contracts.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says why a task is where it is: what it waits for, who runs it, how it ended. Pure.
 *
 * @param run the run or deployment
 * @param all its tasks
 * @param condition how the deployment fares; null where it has ended
 */
record TaskExplanation(
        DeploymentView run, List<TaskHistory> all, @Nullable DeploymentCondition condition) {

    private static final int NAMED = 5;

    /**
     * One line for each reason, the nearest first.
     *
     * @param needs what {@code task} waits for
     * @param failed its failed attempts
     */
    List<String> of(TaskHistory task, List<String> needs, List<FailedAttemptView> failed) {
        var lines = new ArrayList<String>();
        switch (task.state()) {
            case BLOCKED -> lines.addAll(blocked(needs));
            case QUEUED -> lines.addAll(queued(task));
            case LEASED ->
                    lines.add(
                            "Worker %s has attempt %d and begins it."
                                    .formatted(task.workerId(), task.attempt()));
            case RUNNING ->
                    lines.add(
                            "Worker %s runs attempt %d since %s."
                                    .formatted(
                                            task.workerId(),
                                            task.attempt(),
                                            Times.moment(task.startedAt())));
            case SUCCEEDED ->
                    lines.add(
                            "It succeeded with attempt %d on worker %s."
                                    .formatted(
                                            task.attempt(),
                                            Objects.requireNonNullElse(task.workerId(), "-")));
            case FAILED, DEAD_LETTERED, CANCELLED, SKIPPED ->
                    lines.add(
                            "It ended %s: %s."
                                    .formatted(
                                            RunTable.word(task.state()),
                                            PrintableText.line(
                                                    Objects.requireNonNullElse(
                                                            task.reason(), "no reason is known"))));
        }
        failed.forEach(attempt -> lines.add("Failed: " + TaskTable.describe(attempt) + "."));
        return lines;
    }

    private List<String> blocked(List<String> needs) {
        Map<String, TaskHistory> byId =
                all.stream().collect(Collectors.toMap(TaskHistory::taskId, Function.identity()));
        var lines = new ArrayList<String>();
        for (String need : needs) {
            TaskHistory one = byId.get(need);
            List<TaskHistory> meant =
                    need.endsWith("/*")
                            ? all.stream().filter(t -> t.taskId().startsWith(prefix(need))).toList()
                            : one == null ? List.of() : List.of(one);
            List<TaskHistory> open =
                    meant.stream().filter(t -> t.state() != TaskState.SUCCEEDED).toList();
            if (meant.isEmpty()) {
                lines.add("It waits for %s, which nobody has submitted.".formatted(name(need)));
            } else if (!open.isEmpty()) {
                lines.add(
                        "It waits for %d of the %d tasks of %s: %s%s."
                                .formatted(
                                        open.size(),
                                        meant.size(),
                                        name(need),
                                        open.stream()
                                                .limit(NAMED)
                                                .map(t -> name(t.taskId()) + state(t))
                                                .collect(Collectors.joining(", ")),
                                        open.size() > NAMED ? ", ..." : ""));
            }
        }
        if (lines.isEmpty()) {
            lines.add(
                    "All tasks that it needs have succeeded: the dispatcher is about to queue it.");
        }
        return lines;
    }

    private List<String> queued(TaskHistory task) {
        var lines = new ArrayList<String>();
        long waiting = count(task, TaskState.QUEUED);
        long running = count(task, TaskState.RUNNING) + count(task, TaskState.LEASED);
        lines.add(
                "It waits for a worker of pool %s since %s: %d tasks of the pool wait, %d run."
                        .formatted(
                                task.component(), Times.moment(task.queuedAt()), waiting, running));
        DeploymentCondition now = condition;
        if (now == null) {
            lines.add(
                    "Nobody looks after its run: "
                            + Objects.requireNonNullElse(run.problem(), "it has ended")
                            + ".");
        } else {
            lines.addAll(ConditionText.of(run, task.component(), now));
        }
        return lines;
    }

    private long count(TaskHistory task, TaskState state) {
        return all.stream()
                .filter(t -> t.component().equals(task.component()) && t.state() == state)
                .count();
    }

    private static String prefix(String need) {
        return need.substring(0, need.length() - 1);
    }

    private String name(String id) {
        return RunSelection.shortName(run, id);
    }

    private static String state(TaskHistory task) {
        return " (" + RunTable.word(task.state()) + ")";
    }
}
