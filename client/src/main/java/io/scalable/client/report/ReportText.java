package io.scalable.client.report;

import io.scalable.client.run.Decision;
import io.scalable.client.run.Durations;
import io.scalable.client.run.RunCost;
import io.scalable.client.run.RunSummary;
import io.scalable.client.run.WorkerCounts;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a report for people. */
final class ReportText {

    private static final int MOST_FAILURES = 20;
    private static final int LAST_WORDS = 5;

    private final List<String> lines = new ArrayList<>();

    private ReportText() {}

    static String of(RunReport report) {
        var text = new ReportText();
        text.workers(report.summary());
        text.run(report.summary());
        report.warnings().forEach(warning -> text.lines.add("Warning: " + warning));
        text.prediction(report.prediction());
        text.cost(report.summary().cost());
        text.durations(report.summary().durations());
        text.failures(report.failures());
        text.workerFailures(report.workerFailures());
        text.decisions(report.decisions());
        return text.lines.stream().map(PrintableText::line).collect(Collectors.joining("\n"))
                + "\n";
    }

    private void workers(RunSummary summary) {
        lines.add("Workers:");
        summary.workers().forEach((name, counts) -> lines.add("  " + name + ": " + text(counts)));
        var scaling = summary.scaling();
        add("Scaling events: %d scale-up, %d scale-down", scaling.up(), scaling.down());
    }

    private static String text(WorkerCounts counts) {
        String failed = counts.failed() > 0 ? ", " + counts.failed() + " failed" : "";
        return counts.started()
                + " started, "
                + counts.removed()
                + " removed, "
                + counts.alive()
                + " final"
                + failed;
    }

    private void run(RunSummary summary) {
        var run = summary.run();
        Double seconds = summary.seconds();
        String took = seconds == null ? "" : " after " + seconds(seconds);
        lines.add("");
        add(
                "Run %s (%s on %s): %s%s",
                run.id(), run.project(), run.target(), lower(run.state()), took);
        if (run.problem() != null) {
            lines.add("Problem: " + run.problem());
        }
        lines.add("Tasks: " + text(summary.tasks()));
        if (run.lives().size() > 1) {
            add("Resumed: %d times", run.lives().size() - 1);
        }
    }

    private void prediction(@Nullable Prediction prediction) {
        if (prediction != null) {
            add(
                    "Predicted %s from the first task queued to the end, took %s",
                    seconds(prediction.predictedSeconds()), seconds(prediction.actualSeconds()));
        }
    }

    private void cost(@Nullable RunCost cost) {
        if (cost == null) {
            return;
        }
        Double estimated = cost.estimated();
        String before =
                estimated == null
                        ? ""
                        : String.format(Locale.ROOT, ", estimated %.4f before", estimated);
        add("Cost: %.4f %s (prices of %s)%s", cost.amount(), cost.currency(), cost.asOf(), before);
        cost.pools()
                .forEach(
                        (pool, part) ->
                                add(
                                        "  %s: %.3f worker-hours, %.4f %s",
                                        pool, part.workerHours(), part.amount(), cost.currency()));
    }

    private static String text(Map<TaskState, Integer> tasks) {
        return tasks.isEmpty()
                ? "none ended"
                : tasks.entrySet().stream()
                        .map(e -> e.getValue() + " " + lower(e.getKey()).replace('_', '-'))
                        .collect(Collectors.joining(", "));
    }

    private void durations(Map<String, Durations> durations) {
        if (durations.isEmpty()) {
            return;
        }
        int width = durations.keySet().stream().mapToInt(String::length).max().orElse(1);
        lines.add("");
        lines.add("Durations:");
        durations.forEach(
                (task, d) ->
                        add(
                                "  %-" + width + "s  %d x, p50 %s, p95 %s, max %s",
                                task,
                                d.count(),
                                seconds(d.p50()),
                                seconds(d.p95()),
                                seconds(d.max())));
    }

    private void failures(List<FailureGroup> failures) {
        lines.add("");
        if (failures.isEmpty()) {
            lines.add("Failures: none");
            return;
        }
        lines.add("Failures:");
        for (FailureGroup group : failures.subList(0, Math.min(MOST_FAILURES, failures.size()))) {
            add("  %s: %s: %s", group.task(), group.type(), firstLine(group.message()));
            add(
                    "    %s, %d attempts, %d tasks failed for good, first %s",
                    lower(group.failureClass()).replace('_', ' '),
                    group.attempts(),
                    group.tasks(),
                    group.example());
            if (group.log() != null) {
                lines.add("    log: " + group.log());
            }
        }
        if (failures.size() > MOST_FAILURES) {
            add("  and %d other causes, see failures.jsonl", failures.size() - MOST_FAILURES);
        }
    }

    private void workerFailures(List<WorkerLifecycle> failures) {
        if (failures.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Worker failures:");
        for (WorkerLifecycle event : failures) {
            if (event instanceof WorkerFailed failed) {
                add(
                        "  %s: %s: %s",
                        failed.workerId(),
                        lower(failed.failureClass()).replace('_', ' '),
                        failed.message());
                lastWords(failed.log());
            }
        }
    }

    private void lastWords(@Nullable String log) {
        if (log == null || log.isBlank()) {
            return;
        }
        List<String> all = log.strip().lines().toList();
        lines.add("    last words:");
        all.subList(Math.max(0, all.size() - LAST_WORDS), all.size())
                .forEach(line -> lines.add("      " + line));
    }

    private void decisions(List<Decision> decisions) {
        if (decisions.isEmpty()) {
            return;
        }
        int width = decisions.stream().mapToInt(d -> d.pool().length()).max().orElse(1);
        lines.add("");
        lines.add("Decisions:");
        for (Decision d : decisions) {
            add(
                    "  %8s  %-" + width + "s  %d -> %d  %s [%s]",
                    "+" + seconds(d.atSeconds()),
                    d.pool(),
                    d.from(),
                    d.to(),
                    d.reason(),
                    d.bindingConstraint());
        }
    }

    // Its annotation would be a dependency of the SDK's.
    @SuppressWarnings("AnnotateFormatMethod")
    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private static String seconds(double seconds) {
        return seconds < 1
                ? String.format(Locale.ROOT, "%.3f s", seconds)
                : String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
