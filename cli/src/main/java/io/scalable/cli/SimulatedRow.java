package io.scalable.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Json;
import io.scalable.planning.simulation.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One simulated run.
 *
 * @param policy the policy, or the baseline's name
 * @param objective the objective; {@code -} for one without
 * @param price what it costs; null where workers have no price
 */
record SimulatedRow(
        String policy, String objective, Outcome outcome, @Nullable SimulatedPrice price) {

    static final String HEADER =
            String.format(
                    Locale.ROOT,
                    "%-16s %-14s %11s %15s %11s %9s %9s %8s %6s %7s",
                    "policy",
                    "objective",
                    "makespan s",
                    "worker-seconds",
                    "core-hours",
                    "wait p50",
                    "wait p99",
                    "actions",
                    "flaps",
                    "wasted");

    String text() {
        return price == null ? line() : line() + System.lineSeparator() + "  " + price.text();
    }

    private String line() {
        return String.format(
                Locale.ROOT,
                "%-16s %-14s %11.1f %15.1f %11.3f %9.1f %9.1f %8d %6d %7d%s",
                policy,
                objective,
                outcome.makespan(),
                outcome.workerSeconds(),
                outcome.coreHours(),
                outcome.waitP50(),
                outcome.waitP99(),
                outcome.actions(),
                outcome.flaps(),
                outcome.wasted(),
                outcome.finished() ? "" : "  unfinished");
    }

    ObjectNode json() {
        ObjectNode out =
                Json.mapper()
                        .createObjectNode()
                        .put("policy", policy)
                        .put("objective", objective)
                        .put("finished", outcome.finished())
                        .put("makespan_s", outcome.makespan())
                        .put("mean_response_s", outcome.meanResponse())
                        .put("cost", outcome.cost())
                        .put("worker_seconds", outcome.workerSeconds())
                        .put("core_hours", outcome.coreHours())
                        .put("wait_p50_s", outcome.waitP50())
                        .put("wait_p99_s", outcome.waitP99())
                        .put("actions", outcome.actions())
                        .put("flaps", outcome.flaps())
                        .put("wasted_starts", outcome.wasted())
                        .put("starts", outcome.starts());
        if (price != null) {
            out.set("price", price.json());
        }
        return out;
    }
}
