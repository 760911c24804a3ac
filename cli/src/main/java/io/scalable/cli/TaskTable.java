package io.scalable.cli;

import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.inspect.FailedAttemptView;
import io.scalable.client.report.PrintableText;
import io.scalable.contracts.task.TaskHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tasks for people. Pure. */
final class TaskTable {

    private TaskTable() {}

    static Table<TaskHistory> of(DeploymentView run, Instant now) {
        return new Table<TaskHistory>()
                .column("TASK", task -> RunSelection.shortName(run, task.taskId()))
                .column("POOL", TaskHistory::component)
                .column("STATE", task -> RunTable.word(task.state()))
                .number("ATTEMPTS", task -> String.valueOf(task.attempt()))
                .number("TOOK", task -> took(task, now))
                .column("WORKER", task -> Objects.requireNonNullElse(task.workerId(), "-"))
                .column("WHY", task -> Objects.requireNonNullElse(task.reason(), ""));
    }

    private static String took(TaskHistory task, Instant now) {
        Instant started = task.startedAt();
        Instant finished = task.finishedAt();
        if (task.durationSeconds() != null) {
            return Times.seconds(task.durationSeconds());
        }
        if (started == null || (finished == null && task.state().terminal())) {
            return "-";
        }
        Duration time = Duration.between(started, finished == null ? now : finished);
        return Progress.seconds(time) + (finished == null ? " so far" : "");
    }

    /** One task, a line for each thing to know. */
    static List<String> details(
            TaskHistory task, List<String> needs, List<FailedAttemptView> failed, Instant now) {
        var lines = new ArrayList<String>();
        lines.add("id        " + task.taskId());
        lines.add("pool      " + task.component());
        lines.add("state     " + RunTable.word(task.state()));
        if (task.reason() != null) {
            lines.add("why       " + PrintableText.line(task.reason()));
        }
        lines.add("attempts  " + task.attempt());
        lines.add("queued    " + Times.moment(task.queuedAt()));
        lines.add("started   " + Times.moment(task.startedAt()));
        lines.add("finished  " + Times.moment(task.finishedAt()));
        lines.add("took      " + took(task, now));
        lines.add("worker    " + Objects.requireNonNullElse(task.workerId(), "-"));
        needs.forEach(need -> lines.add("needs     " + need));
        for (FailedAttemptView attempt : failed) {
            lines.add("failed    " + describe(attempt));
        }
        return lines;
    }

    /** {@code attempt 2 on w1: USER_ERROR: exit 3}. */
    static String describe(FailedAttemptView attempt) {
        return "attempt "
                + attempt.attempt()
                + (attempt.workerId() == null ? "" : " on " + attempt.workerId())
                + ": "
                + attempt.failure().failureClass()
                + ": "
                + PrintableText.line(attempt.failure().message());
    }
}
