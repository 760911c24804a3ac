package io.scalable.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.JsonProblem;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.lookahead.Decider;
import io.scalable.planning.lookahead.Goal;
import io.scalable.planning.lookahead.GraphTask;
import io.scalable.planning.lookahead.PoolSpec;
import io.scalable.planning.lookahead.PoolTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the lines of {@code decide} into decisions. State is kept between lines. */
final class DecideFilter {

    private static final int NO_MAXIMUM = 64;
    private static final double INTERVAL = 2;

    private final Economics assumed;
    private final @Nullable Objective objective;
    private final Policy policy;
    private @Nullable Decider decider;

    /**
     * @param assumed what holds where the start line says nothing
     * @param objective null takes the start line's
     */
    DecideFilter(Economics assumed, @Nullable Objective objective, Policy policy) {
        this.assumed = assumed;
        this.objective = objective;
        this.policy = policy;
    }

    /**
     * Takes one line in.
     *
     * @return the answer to an observation; empty for a start
     * @throws IllegalArgumentException if the line is not what it should be; the message says why
     */
    Optional<String> accept(String line) {
        JsonNode json = parse(line);
        String type = json.path("type").asText("");
        switch (type) {
            case "start" -> {
                decider = start(json);
                return Optional.empty();
            }
            case "observe" -> {
                Decider running = decider;
                if (running == null) {
                    throw new IllegalArgumentException("an 'observe' line before the 'start' line");
                }
                return Optional.of(answer(running.decide(ObserveLine.read(json))));
            }
            default ->
                    throw new IllegalArgumentException(
                            "expected \"type\":\"start\" or \"observe\", found '" + type + "'");
        }
    }

    private static JsonNode parse(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + JsonProblem.describe(e), e);
        }
    }

    private Decider start(JsonNode json) {
        var pools = new ArrayList<PoolSpec>();
        for (JsonNode pool : json.path("pools")) {
            int minimum = pool.path("min_workers").asInt(0);
            int maximum = pool.path("max_workers").asInt(NO_MAXIMUM);
            pools.add(
                    new PoolSpec(
                            pool.path("pool").asText(),
                            new Bounds(minimum, maximum),
                            pool.path("price").asDouble(1),
                            1));
        }
        if (pools.isEmpty()) {
            throw new IllegalArgumentException("a 'start' line needs \"pools\"");
        }
        Economics told = economics(json.path("provider"));
        double interval = json.path("interval_s").asDouble(INTERVAL);
        JsonNode deadline = json.path("deadline_s");
        Goal goal =
                Goal.of(objective(json), policy, deadline.isNumber() ? deadline.asDouble() : null);
        return switch (json.path("kind").asText()) {
            case "dag" -> Decider.ofGraph(pools, tasks(json), told, goal, interval);
            case "arrivals" -> Decider.ofStream(pools, told, goal, interval);
            default ->
                    throw new IllegalArgumentException(
                            "expected \"kind\":\"dag\" or \"arrivals\", found '"
                                    + json.path("kind").asText()
                                    + "'");
        };
    }

    private Objective objective(JsonNode json) {
        if (objective != null) {
            return objective;
        }
        String text = json.path("objective").asText(Objective.BALANCE.text());
        return Objective.parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown objective '" + text + "'"));
    }

    private Economics economics(JsonNode given) {
        return new Economics(
                given.path("typical_start_s").asDouble(assumed.startSeconds()),
                given.path("start_log_sigma").asDouble(assumed.startSigma()),
                given.path("billed_start_s").asDouble(assumed.billedStartSeconds()),
                given.path("min_charge_s").asDouble(assumed.minimumSeconds()),
                given.path("billing_granularity_s").asDouble(assumed.granularitySeconds()),
                given.path("start_fee_s").asDouble(assumed.startFeeSeconds()),
                given.path("walltime_s").asDouble(assumed.walltimeSeconds()));
    }

    private static List<GraphTask> tasks(JsonNode json) {
        var tasks = new ArrayList<GraphTask>();
        for (JsonNode task : json.path("tasks")) {
            var parents = new ArrayList<String>();
            task.path("parents").forEach(p -> parents.add(p.asText()));
            tasks.add(new GraphTask(task.path("id").asText(), task.path("pool").asText(), parents));
        }
        return tasks;
    }

    private static String answer(List<PoolTarget> targets) {
        ObjectNode answer = Json.mapper().createObjectNode();
        var pools = answer.putArray("pools");
        for (PoolTarget target : targets) {
            pools.addObject()
                    .put("pool", target.pool())
                    .put("desired", target.desired())
                    .put("reasons", target.reason() + " [" + target.constraint() + "]");
        }
        return answer.toString();
    }
}
