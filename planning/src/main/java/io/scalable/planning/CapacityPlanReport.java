package io.scalable.planning;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.estimate.DurationEstimate;
import io.scalable.planning.estimate.Stage;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.planning.reason.ReasonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes down what was planned, why, and what it rests on. */
final class CapacityPlanReport {

    private final DeploymentSpec spec;
    private final List<Stage> work;
    private final WorkEstimator estimator;

    CapacityPlanReport(DeploymentSpec spec, List<Stage> work, WorkEstimator estimator) {
        this.spec = spec;
        this.work = work;
        this.estimator = estimator;
    }

    CapacityPlan plan(
            Map<String, PoolSize> sizes,
            CapacityPlan.@Nullable Completion completion,
            CapacityPlan.Cost cost,
            boolean feasible,
            List<CapacityFront.Choice> front,
            ScalePlan first) {
        var workers = new LinkedHashMap<String, Integer>();
        var decisions = new ArrayList<CapacityPlan.Decision>();
        String binding = work.isEmpty() ? PoolSize.MINIMUM : "";
        double most = -1;
        for (Map.Entry<String, PoolSize> entry : sizes.entrySet()) {
            PoolSize size = entry.getValue();
            workers.put(entry.getKey(), size.workers());
            decisions.add(
                    new CapacityPlan.Decision(
                            entry.getKey(), size.workers(), size.reason(), size.constraint()));
            double seconds = seconds(entry.getKey());
            if (!work.isEmpty() && seconds > most) {
                most = seconds;
                binding = feasible ? size.constraint() : PoolSize.WALLTIME;
            }
        }
        List<CapacityPlan.Point> points =
                front.stream()
                        .map(c -> new CapacityPlan.Point(c.workers(), c.seconds(), c.cost()))
                        .toList();
        return new CapacityPlan(
                spec.target().name(),
                spec.target().provider(),
                spec.objective(),
                spec.policy(),
                workers,
                completion,
                cost,
                binding,
                feasible,
                points,
                durations(),
                decisions,
                notes(feasible),
                DefaultMaximum.of(spec),
                first);
    }

    private double seconds(String component) {
        return work.stream()
                .filter(s -> s.component().equals(component))
                .mapToDouble(Stage::work)
                .sum();
    }

    private Map<String, CapacityPlan.Duration> durations() {
        var durations = new LinkedHashMap<String, CapacityPlan.Duration>();
        for (Stage stage : work) {
            DurationEstimate e = estimator.duration(stage.task(), stage.component());
            durations.put(
                    stage.task(),
                    new CapacityPlan.Duration(e.p50(), e.p95(), e.samples(), e.source()));
        }
        return durations;
    }

    private List<String> notes(boolean feasible) {
        var notes = new ArrayList<String>();
        if (work.isEmpty()) {
            notes.add("no tasks known: every component gets its minimum");
        }
        if (!feasible) {
            notes.add(
                    ReasonText.format(
                            "the walltime of %s cannot be kept at the policy's quantile with these"
                                    + " workers",
                            ReasonText.seconds(Objects.requireNonNull(spec.deadlineSeconds()))));
        }
        if (work.stream()
                .map(s -> estimator.duration(s.task(), s.component()).source())
                .anyMatch(DurationEstimate.Source.PRIOR::equals)) {
            notes.add(
                    "some tasks have neither history nor expect: assumed to take 10 s each, 52 s at"
                            + " the 95th percentile");
        }
        return notes;
    }
}
