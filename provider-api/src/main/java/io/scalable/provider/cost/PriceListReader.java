package io.scalable.provider.cost;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scalable.contracts.JsonProblem;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a price list and tells what is wrong with its place: line, column and path. */
final class PriceListReader {

    private static final ObjectMapper MAPPER =
            new ObjectMapper(
                    new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));

    private static final Set<String> HEAD = Set.of("as_of", "currency", "note", "machines");

    /** The offers of each provider: by vCPU and GiB, and by machine. */
    private static final Map<String, List<String>> BY_UNIT =
            Map.of(
                    "aws", List.of("fargate", "fargate_spot"),
                    "gcp", List.of("gke_autopilot", "gke_autopilot_spot", "cloudrun"));

    private static final Map<String, List<String>> BY_MACHINE =
            Map.of("aws", List.of("ec2", "ec2_spot"), "gcp", List.of("gke", "gke_spot"));

    private final String origin;
    private final String json;
    private final Map<String, JsonLocation> places = new HashMap<>();
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final Map<String, UnitPrices> units = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> hours = new LinkedHashMap<>();

    PriceListReader(String origin, String json) {
        this.origin = origin;
        this.json = json;
    }

    PriceList read() {
        JsonNode root = tree();
        object("", root);
        fields("/machines", root.path("machines")).forEach(this::machine);
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!HEAD.contains(field.getKey())) {
                provider(field.getKey(), field.getValue());
            }
        }
        return new PriceList(origin, day(root), text("currency", root), machines, units, hours);
    }

    private JsonNode tree() {
        try (JsonParser parser = MAPPER.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String path = parser.getParsingContext().pathAsPointer().toString();
                places.putIfAbsent(path, parser.currentTokenLocation());
            }
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw wrong(e.getLocation(), "", "no JSON: " + JsonProblem.describe(e));
        } catch (IOException e) {
            throw new PriceListException(origin + ": " + e.getMessage(), e);
        }
    }

    private LocalDate day(JsonNode root) {
        String text = text("as_of", root);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong("/as_of", "give the day of the prices as YYYY-MM-DD, found '" + text + "'");
        }
    }

    private String text(String key, JsonNode root) {
        JsonNode value = root.path(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong("/" + key, "give a text, such as " + example(key));
        }
        return value.asText();
    }

    private static String example(String key) {
        return key.equals("as_of") ? "\"2026-01-31\"" : "\"USD\"";
    }

    private void machine(String name, JsonNode value) {
        String path = "/machines/" + name;
        object(path, value);
        refuseOthers(path, value, List.of("vcpus", "memory_gib"));
        double vcpus = number(path, value, "vcpus");
        double memory = number(path, value, "memory_gib");
        if (vcpus == 0 || memory == 0) {
            throw wrong(path, "vcpus and memory_gib must be above 0");
        }
        machines.put(name, new Machine(name, vcpus, memory));
    }

    private void provider(String provider, JsonNode regions) {
        if (!BY_UNIT.containsKey(provider)) {
            throw wrong(
                    "/" + provider,
                    "unknown key; known are as_of, currency, note, machines, aws, gcp");
        }
        fields("/" + provider, regions)
                .forEach(
                        (region, offers) ->
                                fields("/" + provider + "/" + region, offers)
                                        .forEach(
                                                (o, prices) -> offer(provider, region, o, prices)));
    }

    private void offer(String provider, String region, String offer, JsonNode prices) {
        String key = PriceList.key(provider, region, offer);
        String path = "/" + key;
        object(path, prices);
        if (known(BY_UNIT, provider).contains(offer)) {
            units.put(key, units(path, prices));
        } else if (known(BY_MACHINE, provider).contains(offer)) {
            var ofType = new LinkedHashMap<String, Double>();
            for (Map.Entry<String, JsonNode> type : prices.properties()) {
                if (!machines.containsKey(type.getKey())) {
                    throw wrong(
                            path + "/" + type.getKey(),
                            "say under \"machines\" how large it is: {\"vcpus\": 4,"
                                    + " \"memory_gib\": 16}");
                }
                ofType.put(type.getKey(), number(path, prices, type.getKey()));
            }
            hours.put(key, ofType);
        } else {
            throw wrong(
                    path,
                    "unknown offer; known are "
                            + String.join(", ", known(BY_UNIT, provider))
                            + ", "
                            + String.join(", ", known(BY_MACHINE, provider)));
        }
    }

    /** By the hour, or by the second as Cloud Run has it. */
    private UnitPrices units(String path, JsonNode prices) {
        boolean bySecond = prices.has("vcpu_second");
        String cpu = bySecond ? "vcpu_second" : "vcpu_hour";
        String memory = bySecond ? "gib_second" : "gib_hour";
        refuseOthers(path, prices, List.of(cpu, memory));
        int factor = bySecond ? 3600 : 1;
        return new UnitPrices(
                factor * number(path, prices, cpu), factor * number(path, prices, memory));
    }

    private static List<String> known(Map<String, List<String>> offers, String provider) {
        return offers.getOrDefault(provider, List.of());
    }

    private Map<String, JsonNode> fields(String path, JsonNode value) {
        if (value.isMissingNode()) {
            return Map.of();
        }
        object(path, value);
        var fields = new LinkedHashMap<String, JsonNode>();
        value.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private void object(String path, JsonNode value) {
        if (!value.isObject()) {
            throw wrong(path, "give an object in braces");
        }
    }

    private void refuseOthers(String path, JsonNode value, List<String> keys) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (!keys.contains(field.getKey())) {
                throw wrong(
                        path + "/" + field.getKey(),
                        "unknown key; known are " + String.join(", ", keys));
            }
        }
    }

    private double number(String path, JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isNumber() || value.asDouble() < 0 || Double.isInfinite(value.asDouble())) {
            String found = value.isMissingNode() ? "nothing" : value.toString();
            throw wrong(path + "/" + key, "give a number, 0 or more, found " + found);
        }
        return value.asDouble();
    }

    private PriceListException wrong(String path, String what) {
        String at = path;
        while (!places.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return wrong(places.get(at), path, what);
    }

    private PriceListException wrong(@Nullable JsonLocation place, String path, String what) {
        String where =
                Optional.ofNullable(place)
                        .map(p -> ":" + p.getLineNr() + ":" + p.getColumnNr())
                        .orElse("");
        return new PriceListException(
                origin + where + ": " + (path.isEmpty() ? "" : path + ": ") + what, null);
    }
}
