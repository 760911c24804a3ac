package io.scalable.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.ByteOrderMark;
import io.scalable.contracts.Json;
import io.scalable.planning.estimate.Economics;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.ProviderModel.BilledStart;
import io.scalable.planning.simulation.ProviderModel.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Makes a provider model of the content of a file. Keys, all but {@code name} and {@code
 * start_delay} optional: {@code start_delay} ({@code {uniform: [least, most]}}, {@code {median,
 * sigma, offset}} or seconds), {@code billed_start} ({@code all}, {@code {share}} or seconds),
 * {@code minimum}, {@code granularity}, {@code start_fee}, {@code walltime} (seconds), {@code
 * maximum}.
 */
final class ProviderModelReader {

    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "start_delay",
                    "billed_start",
                    "minimum",
                    "granularity",
                    "start_fee",
                    "walltime",
                    "maximum");

    /** The spread of the logarithm that a planner is told of a uniform delay. */
    private static final double UNIFORM_SIGMA = 0.3;

    private final String file;
    private final JsonNode model;
    private final Map<String, Integer> lines = new HashMap<>();

    private ProviderModelReader(String file, String text) {
        this.file = file;
        var settings = LoadSettings.builder().setLabel(file).build();
        new Compose(settings).composeString(text).ifPresent(this::findLines);
        model = Json.mapper().valueToTree(new Load(settings).loadFromString(text));
    }

    /**
     * The model called {@code wanted}, or else the one in the file of that name; empty if there is
     * neither.
     *
     * @throws IOException if the file cannot be read or is no model
     */
    static Optional<ProviderModel> find(String wanted) throws IOException {
        Optional<ProviderModel> known = ProviderModel.named(wanted);
        Path file = Path.of(wanted);
        return known.isPresent() || !Files.isRegularFile(file) ? known : Optional.of(read(file));
    }

    /**
     * The model in {@code file}.
     *
     * @throws IOException if it cannot be read or is no model
     */
    static ProviderModel read(Path file) throws IOException {
        return read(String.valueOf(file), ByteOrderMark.drop(Files.readString(file)));
    }

    /**
     * The model that {@code text}, JSON or YAML, describes.
     *
     * @param file how messages call it
     * @throws IOException if a key is wrong; the message says where, which and what is wanted
     */
    static ProviderModel read(String file, String text) throws IOException {
        try {
            return new ProviderModelReader(file, text).model();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new IOException(
                    file + ":" + line + ": neither JSON nor YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new IOException(file + ":1: neither JSON nor YAML: " + e.getMessage(), e);
        }
    }

    private void findLines(Node root) {
        if (root instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    key.getStartMark().ifPresent(m -> lines.put(key.getValue(), m.getLine() + 1));
                }
            }
        }
    }

    private ProviderModel model() throws IOException {
        if (!model.isObject()) {
            throw new IOException(
                    file + ":1: a provider model has the keys " + new TreeSet<>(KEYS));
        }
        for (var entry : model.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                throw wrong(entry.getKey(), "one of " + new TreeSet<>(KEYS));
            }
        }
        JsonNode name = model.path("name");
        if (!name.isTextual() || name.textValue().isBlank()) {
            throw wrong("name", "a text");
        }
        Start start = start(model.path("start_delay"));
        BilledStart billed = billed(model.path("billed_start"));
        double typical =
                switch (start) {
                    case Start.Uniform(double least, double most) -> (least + most) / 2;
                    case Start.LogNormal(double median, double _, double offset) -> median + offset;
                };
        double sigma =
                switch (start) {
                    case Start.Uniform(double least, double most) ->
                            least == most ? 0 : UNIFORM_SIGMA;
                    case Start.LogNormal(double _, double spread, double _) -> spread;
                };
        double paid =
                switch (billed) {
                    case BilledStart.Share(double share) -> share * typical;
                    case BilledStart.Seconds(double seconds) -> Math.min(seconds, typical);
                };
        var economics =
                new Economics(
                        typical,
                        sigma,
                        paid,
                        number("minimum", 0, false),
                        number("granularity", 1, true),
                        number("start_fee", 0, false),
                        number("walltime", Double.POSITIVE_INFINITY, true));
        return new ProviderModel(name.textValue(), economics, start, billed, maximum());
    }

    private Start start(JsonNode delay) throws IOException {
        String wanted = "{uniform: [least, most]}, {median:, sigma:, offset:} or seconds";
        if (isAmount(delay)) {
            return new Start.Uniform(delay.doubleValue(), delay.doubleValue());
        }
        JsonNode uniform = delay.path("uniform");
        if (delay.size() == 1
                && uniform.size() == 2
                && isAmount(uniform.path(0))
                && isAmount(uniform.path(1))
                && uniform.path(0).doubleValue() <= uniform.path(1).doubleValue()) {
            return new Start.Uniform(uniform.path(0).doubleValue(), uniform.path(1).doubleValue());
        }
        JsonNode offset = delay.path("offset");
        if (delay.size() == (offset.isMissingNode() ? 2 : 3)
                && isAmount(delay.path("median"))
                && isAmount(delay.path("sigma"))
                && (offset.isMissingNode() || isAmount(offset))) {
            return new Start.LogNormal(
                    delay.path("median").doubleValue(),
                    delay.path("sigma").doubleValue(),
                    offset.doubleValue());
        }
        throw wrong("start_delay", wanted);
    }

    private BilledStart billed(JsonNode billed) throws IOException {
        if (billed.isMissingNode() || billed.asText().equals("all")) {
            return new BilledStart.Share(1);
        }
        if (isAmount(billed)) {
            return new BilledStart.Seconds(billed.doubleValue());
        }
        JsonNode share = billed.path("share");
        if (billed.size() == 1 && isAmount(share) && share.doubleValue() <= 1) {
            return new BilledStart.Share(share.doubleValue());
        }
        throw wrong("billed_start", "all, {share: from 0 to 1} or seconds");
    }

    private int maximum() throws IOException {
        JsonNode maximum = model.path("maximum");
        if (maximum.isMissingNode()) {
            return ProviderModel.LOCAL.maximum();
        }
        if (!maximum.isInt() || maximum.intValue() < 1) {
            throw wrong("maximum", "a positive integer: workers per pool");
        }
        return maximum.intValue();
    }

    private double number(String key, double otherwise, boolean positive) throws IOException {
        JsonNode value = model.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!isAmount(value) || (positive && value.doubleValue() == 0)) {
            throw wrong(key, positive ? "seconds above 0" : "seconds, 0 or more");
        }
        return value.doubleValue();
    }

    private static boolean isAmount(JsonNode value) {
        return value.isNumber() && value.doubleValue() >= 0 && Double.isFinite(value.doubleValue());
    }

    private IOException wrong(String key, String wanted) {
        JsonNode found = model.get(key);
        String what = found == null ? "it is missing" : "found " + found;
        boolean known = KEYS.contains(key);
        return new IOException(
                file
                        + ":"
                        + lines.getOrDefault(key, 1)
                        + ": "
                        + (known ? key : "the key " + key)
                        + " must be "
                        + wanted
                        + "; "
                        + what);
    }
}
