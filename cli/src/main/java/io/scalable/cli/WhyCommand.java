package io.scalable.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.scalable.client.inspect.DeploymentSource;
import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.inspect.FailedAttemptView;
import io.scalable.client.run.Decision;
import io.scalable.client.run.DeploymentCondition;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.manifest.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains each change of a pool's workers, or where a task is. */
@Command(
        name = "why",
        description = {
            "Explain why a pool has, or had, as many workers as it has, change by change, and how"
                    + " its deployment fares.",
            "Or why a task waits, runs or has ended as it did."
        })
final class WhyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "POOL|TASK", description = "The component; or a task such as fit/3.")
    String named;

    @Mixin RunSelection run;

    @Spec CommandSpec spec;

    /** A decision as programs read it. */
    private record Explained(
            @JsonProperty("at_s") double at,
            long generation,
            String pool,
            int from,
            int to,
            String reason,
            String bindingConstraint,
            @Nullable Double confidence,
            @JsonProperty("predicted_completion_s") @Nullable Double completion) {

        static Explained of(Decision d, @Nullable ScalePlan plan) {
            return new Explained(
                    d.atSeconds(),
                    d.generation(),
                    d.pool(),
                    d.from(),
                    d.to(),
                    d.reason(),
                    d.bindingConstraint(),
                    plan == null ? null : plan.confidence(),
                    plan == null ? null : plan.predictedCompletionSeconds());
        }
    }

    private record OfPool(
            String pool, List<Explained> decisions, @Nullable DeploymentCondition condition) {}

    private record OfTask(TaskHistory task, List<String> reasons) {}

    @Override
    public Integer call() throws IOException {
        try (DeploymentSource source = run.open()) {
            DeploymentView found = run.find(source, named);
            if (found.pools().contains(named)) {
                explainPool(source, found);
            } else {
                explainTask(source, found);
            }
        }
        return ExitStatus.OK;
    }

    private void explainPool(DeploymentSource source, DeploymentView found) throws IOException {
        List<ScalePlan> plans = source.plans(found.id());
        DeploymentCondition condition = source.condition(found.id()).orElse(null);
        List<Decision> changes =
                Decision.changes(plans, found.startedAt()).stream()
                        .filter(d -> d.pool().equals(named))
                        .toList();
        var lines = new ArrayList<String>();
        changes.forEach(d -> lines.addAll(text(d, plan(plans, d))));
        if (condition != null) {
            lines.addAll(ConditionText.of(found, named, condition));
        } else if (lines.isEmpty()) {
            lines.add("Pool " + named + " never had a worker planned in this run.");
        }
        List<Explained> explained =
                changes.stream().map(d -> Explained.of(d, plan(plans, d))).toList();
        Output.of(spec).one(lines, new OfPool(named, explained, condition), "");
    }

    private void explainTask(DeploymentSource source, DeploymentView found) throws IOException {
        List<TaskHistory> tasks = source.tasks(found.id());
        if (tasks.isEmpty() || !isTask(found, tasks)) {
            throw new UserException(unknown(found, tasks));
        }
        TaskHistory task = RunSelection.task(found, tasks, named);
        List<FailedAttemptView> failed =
                source.failedAttempts(found.id()).stream()
                        .filter(a -> a.taskId().equals(task.taskId()))
                        .toList();
        List<String> lines =
                new TaskExplanation(found, tasks, source.condition(found.id()).orElse(null))
                        .of(task, source.needs(found.id(), task.taskId()), failed);
        Output.of(spec).one(lines, new OfTask(task, lines), RunTable.word(task.state()));
    }

    private boolean isTask(DeploymentView found, List<TaskHistory> tasks) {
        String id = found.deploymentId() + "/" + named;
        return tasks.stream()
                .anyMatch(
                        t ->
                                t.taskId().equals(named)
                                        || t.taskId().equals(id)
                                        || t.task().equals(named));
    }

    private String unknown(DeploymentView found, List<TaskHistory> tasks) {
        List<String> names =
                Stream.concat(
                                found.pools().stream(),
                                tasks.stream().map(t -> RunSelection.shortName(found, t.taskId())))
                        .toList();
        List<String> nearest = Nearest.closest(named, names, 1);
        return "run %s has no pool and no task '%s'; %s"
                .formatted(
                        found.id(),
                        named,
                        nearest.isEmpty()
                                ? "its pools are not known here"
                                : "nearest: " + nearest.getFirst());
    }

    private static @Nullable ScalePlan plan(List<ScalePlan> plans, Decision decision) {
        return plans.stream()
                .filter(plan -> plan.generation() == decision.generation())
                .findFirst()
                .orElse(null);
    }

    private static List<String> text(Decision d, @Nullable ScalePlan plan) {
        Double done = plan == null ? null : plan.expectedSeconds();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%8.1f s  %d -> %d workers: %s",
                        d.atSeconds(),
                        d.from(),
                        d.to(),
                        d.reason()),
                String.format(
                        Locale.ROOT,
                        "            bound by %s%s%s",
                        d.bindingConstraint(),
                        plan == null
                                ? ""
                                : String.format(
                                        Locale.ROOT, "; confidence %.2f", plan.confidence()),
                        done == null
                                ? ""
                                : String.format(Locale.ROOT, "; done in %.1f s from then", done)));
    }
}
