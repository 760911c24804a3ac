package io.scalable.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an observation that may come from any program: ids may be numbers, lists may be missing.
 */
final class ObserveLine {

    private ObserveLine() {}

    static PoolDemand read(JsonNode line) {
        if (!line.path("now_s").isNumber()) {
            throw new IllegalArgumentException("an 'observe' line needs the number \"now_s\"");
        }
        double now = line.path("now_s").asDouble();
        var pools = new ArrayList<PoolObservation>();
        line.path("pools").forEach(pool -> pools.add(pool(pool)));
        return new PoolDemand(
                "decide",
                Instant.EPOCH.plusMillis(Math.round(now * 1000)),
                "observe",
                now,
                pools,
                texts(line.path("tasks_started")),
                texts(line.path("tasks_done")));
    }

    private static PoolObservation pool(JsonNode pool) {
        var idle = new ArrayList<IdleWorker>();
        for (JsonNode w : pool.path("idle")) {
            idle.add(
                    new IdleWorker(
                            w.path("worker").asText(),
                            w.path("idle_s").asDouble(),
                            w.path("billed_s").asDouble()));
        }
        var starting = new ArrayList<StartingWorker>();
        for (JsonNode w : pool.path("starting")) {
            starting.add(new StartingWorker(w.path("worker").asText(), w.path("age_s").asDouble()));
        }
        return new PoolObservation(
                pool.path("pool").asText(),
                pool.path("ready").asInt(),
                pool.path("blocked").asInt(),
                pool.path("alive").asInt(),
                pool.path("draining").asInt(),
                numbers(pool.path("running_s")),
                idle,
                starting,
                numbers(pool.path("completed_s")),
                numbers(pool.path("started_after_s")),
                List.of());
    }

    private static List<Double> numbers(JsonNode array) {
        var numbers = new ArrayList<Double>();
        array.forEach(n -> numbers.add(n.asDouble()));
        return numbers;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }
}
