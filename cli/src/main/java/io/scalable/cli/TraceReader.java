package io.scalable.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.ByteOrderMark;
import io.scalable.contracts.Json;
import io.scalable.contracts.JsonProblem;
import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TraceTask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a trace from JSON Lines: a line with its name and kind, then one task a line, in
 * topological order. Errors name the file, the line, and what is wanted.
 */
final class TraceReader {

    private final String file;
    private int line;

    private TraceReader(String file) {
        this.file = file;
    }

    /**
     * The trace in {@code file}.
     *
     * @throws IOException if it cannot be read or is no trace
     */
    static Trace read(Path file) throws IOException {
        try (BufferedReader in = ByteOrderMark.reader(file)) {
            return read(String.valueOf(file), in.lines().toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The trace that {@code lines} hold.
     *
     * @param file how messages call it
     * @throws IOException if they are no trace
     */
    static Trace read(String file, List<String> lines) throws IOException {
        return new TraceReader(file).trace(lines);
    }

    private Trace trace(List<String> lines) throws IOException {
        line = 1;
        JsonNode head = object(lines.isEmpty() ? "" : lines.getFirst());
        String name = text(head, "trace");
        boolean graph =
                switch (text(head, "kind")) {
                    case "dag" -> true;
                    case "arrivals" -> false;
                    default -> throw wrong("kind", head, "dag or arrivals");
                };
        var tasks = new ArrayList<TraceTask>();
        for (String content : lines.subList(1, lines.size())) {
            line++;
            if (!content.isBlank()) {
                tasks.add(task(object(content), tasks.size(), graph));
            }
        }
        if (tasks.isEmpty()) {
            throw problem("a trace has at least one task, on a line after the first");
        }
        return new Trace(name, graph, tasks);
    }

    private TraceTask task(JsonNode row, int place, boolean graph) throws IOException {
        JsonNode id = row.path("id");
        if (!id.isInt() || id.intValue() != place) {
            throw wrong("id", row, "the task's place in the trace, " + place);
        }
        return new TraceTask(
                place,
                String.valueOf(place),
                graph ? String.valueOf(place) : null,
                text(row, "pool"),
                number(row, "submit", 0),
                parents(row, place),
                number(row, "runtime", 0),
                row.hasNonNull("cpus") ? number(row, "cpus", Double.MIN_VALUE) : 1);
    }

    private List<Integer> parents(JsonNode row, int place) throws IOException {
        JsonNode list = row.path("parents");
        if (!list.isArray()) {
            throw wrong("parents", row, "a list of ids");
        }
        var parents = new ArrayList<Integer>();
        for (JsonNode parent : list) {
            boolean earlier = parent.isInt() && parent.intValue() >= 0 && parent.intValue() < place;
            if (!earlier || parents.contains(parent.intValue())) {
                throw wrong("parents", row, "different ids of tasks on earlier lines");
            }
            parents.add(parent.intValue());
        }
        return parents;
    }

    private JsonNode object(String content) throws IOException {
        JsonNode node;
        try {
            node = Json.mapper().readTree(content);
        } catch (JsonProcessingException e) {
            throw problem("not valid JSON: " + JsonProblem.describe(e));
        }
        if (node == null || !node.isObject()) {
            throw problem(
                    line == 1
                            ? "a trace begins with {\"trace\": NAME, \"kind\": \"dag\" or"
                                    + " \"arrivals\"}"
                            : "a task is a JSON object");
        }
        return node;
    }

    private String text(JsonNode row, String key) throws IOException {
        JsonNode value = row.path(key);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong(key, row, "a text");
        }
        return value.textValue();
    }

    private double number(JsonNode row, String key, double least) throws IOException {
        JsonNode value = row.path(key);
        if (!value.isNumber()
                || value.doubleValue() < least
                || !Double.isFinite(value.doubleValue())) {
            throw wrong(key, row, least > 0 ? "a number above 0" : "a number, 0 or more");
        }
        return value.doubleValue();
    }

    private IOException wrong(String key, JsonNode row, String wanted) {
        JsonNode found = row.get(key);
        String what = found == null ? "it is missing" : "found " + found;
        return problem(key + " must be " + wanted + "; " + what);
    }

    private IOException problem(String what) {
        return new IOException(file + ":" + line + ": " + what);
    }
}
