package io.scalable.cli;

import io.scalable.client.inspect.DeploymentView;
import io.scalable.contracts.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs and deployments for people. */
final class RunTable {

    private RunTable() {}

    static Table<DeploymentView> of(Instant now) {
        return new Table<DeploymentView>()
                .column("ID", DeploymentView::id)
                .column("PROJECT", DeploymentView::project)
                .column("TARGET", DeploymentView::target)
                .column("STATE", run -> run.state().name().toLowerCase(Locale.ROOT))
                .column("STARTED", run -> Times.moment(run.startedAt()))
                .number("TOOK", run -> took(run, now))
                .column("TASKS", run -> counts(run.tasks()));
    }

    private static String took(DeploymentView run, Instant now) {
        return run.lives()
                ? Progress.seconds(Duration.between(run.startedAt(), now)) + " so far"
                : Times.seconds(run.seconds());
    }

    /** {@code 3 succeeded, 1 failed}. */
    static String counts(Map<TaskState, ? extends Number> tasks) {
        return tasks.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getValue() + " " + word(e.getKey()))
                .collect(Collectors.joining(", "));
    }

    /** A state as people read it. */
    static String word(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One of them, a line for each thing to know. */
    static List<String> details(DeploymentView run, Instant now) {
        var lines = new ArrayList<String>();
        lines.add("id        " + run.id());
        if (!run.deploymentId().equals(run.id())) {
            lines.add("now       deployment " + run.deploymentId());
        }
        lines.add("project   " + run.project());
        lines.add("target    " + run.target() + " (" + run.provider() + ")");
        lines.add(
                "state     "
                        + run.state().name().toLowerCase(Locale.ROOT)
                        + (run.problem() == null ? "" : ": " + run.problem()));
        lines.add("started   " + Times.moment(run.startedAt()));
        if (run.finishedAt() != null) {
            lines.add("finished  " + Times.moment(run.finishedAt()));
        }
        lines.add("took      " + took(run, now));
        if (!run.tasks().isEmpty()) {
            lines.add("tasks     " + counts(run.tasks()));
        }
        if (!run.pools().isEmpty()) {
            lines.add("pools     " + String.join(", ", run.pools()));
        }
        if (run.providerHost() != null) {
            lines.add("host      " + run.providerHost());
        }
        run.storages().forEach(storage -> lines.add("storage   " + storage));
        return lines;
    }
}
