package io.scalable.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.cli.SimulatedWorkload.RunFacts;
import io.scalable.contracts.Json;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.planning.simulation.ReplayOutcome;
import io.scalable.planning.simulation.ReplayOutcome.Difference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code simulate} says.
 *
 * @param model the provider model's name
 * @param rows one for each simulated run
 * @param replay how the run's own decisions came out again; null if they were not asked for
 */
record SimulateReport(
        SimulatedWorkload workload,
        String model,
        long seed,
        List<SimulatedRow> rows,
        @Nullable ReplayOutcome replay) {

    String text() {
        var out = new StringBuilder();
        RunFacts run = workload.run();
        out.append(
                String.format(
                        Locale.ROOT,
                        "%s: %d tasks, %d pools, on %s, seed %d%n",
                        workload.title(),
                        workload.trace().tasks().size(),
                        workload.trace().pools().size(),
                        model,
                        seed));
        if (run != null) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "The run itself took %.1f s.%s%n",
                            run.makespan(),
                            left(run)));
        }
        out.append(String.format("%n%s%n", SimulatedRow.HEADER));
        rows.forEach(row -> out.append(row.text()).append(System.lineSeparator()));
        if (replay != null) {
            out.append(String.format("%n%s%n", text(replay)));
        }
        return out.toString();
    }

    private static String left(RunFacts run) {
        return run.leftOut() == 0
                ? ""
                : String.format(" Tasks that never ran are left out: %d.", run.leftOut());
    }

    private String text(ReplayOutcome replayed) {
        String counts =
                String.format(
                        "Replay: %d of %d decisions reproduced.",
                        replayed.reproduced(), replayed.recorded());
        Difference first = replayed.firstDifference();
        if (first == null) {
            return counts;
        }
        return String.format(
                "%s%nThe first difference is decision %d:%n  recorded: %s%n  replayed: %s",
                counts, first.generation(), text(first.recorded()), text(first.replayed()));
    }

    private String text(@Nullable ScalePlan plan) {
        return plan == null
                ? "no such decision"
                : String.format(Locale.ROOT, "at %.3f s, ", seconds(plan))
                        + plan.pools().stream()
                                .map(SimulateReport::text)
                                .collect(Collectors.joining("; "));
    }

    private static String text(PoolPlan pool) {
        return pool.component() + " " + pool.desired() + " (" + pool.reason() + ")";
    }

    private double seconds(ScalePlan plan) {
        Instant start = workload.own() == null ? Instant.EPOCH : workload.own().createdAt();
        return Duration.between(start, plan.at()).toMillis() / 1000.0;
    }

    ObjectNode json() {
        ObjectNode out =
                Json.mapper()
                        .createObjectNode()
                        .put("workload", workload.name())
                        .put("tasks", workload.trace().tasks().size())
                        .put("provider_model", model)
                        .put("seed", seed);
        RunFacts run = workload.run();
        if (run != null) {
            out.putObject("run")
                    .put("id", run.id())
                    .put("makespan_s", run.makespan())
                    .put("left_out", run.leftOut());
        }
        var results = out.putArray("results");
        rows.forEach(row -> results.add(row.json()));
        if (replay != null) {
            out.set("replay", json(replay));
        }
        return out;
    }

    private ObjectNode json(ReplayOutcome replayed) {
        ObjectNode out =
                Json.mapper()
                        .createObjectNode()
                        .put("recorded", replayed.recorded())
                        .put("replayed", replayed.replayed())
                        .put("reproduced", replayed.reproduced());
        Difference first = replayed.firstDifference();
        if (first != null) {
            ObjectNode difference =
                    out.putObject("first_difference").put("generation", first.generation());
            difference.set("recorded", json(first.recorded()));
            difference.set("replayed", json(first.replayed()));
        }
        return out;
    }

    private @Nullable ObjectNode json(@Nullable ScalePlan plan) {
        if (plan == null) {
            return null;
        }
        ObjectNode out = Json.mapper().createObjectNode().put("at_s", seconds(plan));
        ObjectNode workers = out.putObject("workers");
        plan.pools().forEach(pool -> workers.put(pool.component(), pool.desired()));
        return out;
    }
}
