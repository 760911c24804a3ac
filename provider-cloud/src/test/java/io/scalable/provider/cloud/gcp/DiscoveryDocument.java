package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * Google's description of one of its APIs, and what in a request or an answer is not as it says:
 * methods, paths, query parameters, fields, their types, words and presence.
 */
final class DiscoveryDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

    /**
     * One method of the API.
     *
     * @param id such as {@code run.projects.locations.workerPools.list}
     */
    record Method(String id, String verb, Pattern path, JsonNode description) {}

    private final JsonNode root;
    private final List<Method> methods = new ArrayList<>();

    private DiscoveryDocument(JsonNode root) {
        this.root = root;
        collect(root.path("resources"));
    }

    /**
     * The document of an API, such as {@code run.v2}; where it cannot be had, the test is skipped.
     */
    static DiscoveryDocument of(String api) {
        try {
            Process fetch =
                    new ProcessBuilder(Path.of("../dev/google-api").toAbsolutePath().toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String folder =
                    new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean there = fetch.waitFor(5, TimeUnit.MINUTES) && fetch.exitValue() == 0;
            Assumptions.assumeTrue(there, "needs Google's API descriptions (dev/google-api)");
            return new DiscoveryDocument(MAPPER.readTree(new File(folder.strip(), api + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void collect(JsonNode resources) {
        resources.forEach(
                resource -> {
                    resource.path("methods")
                            .forEach(
                                    method ->
                                            methods.add(
                                                    new Method(
                                                            method.path("id").asText(),
                                                            method.path("httpMethod").asText(),
                                                            pattern(method),
                                                            method)));
                    collect(resource.path("resources"));
                });
    }

    private static Pattern pattern(JsonNode method) {
        String path = method.path(method.has("flatPath") ? "flatPath" : "path").asText();
        var regex = new StringBuilder();
        var matcher = PLACEHOLDER.matcher(path);
        int end = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(path.substring(end, matcher.start()))).append("[^/]+");
            end = matcher.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(path.substring(end))).toString());
    }

    /** The method that a request calls. */
    Optional<Method> method(String verb, String path) {
        return methods.stream()
                .filter(method -> method.verb().equals(verb))
                .filter(method -> method.path().matcher(path).matches())
                .findFirst();
    }

    /** What is wrong with a request for {@code method}; {@code body} may be empty. */
    List<String> problems(Method method, Map<String, String> query, String body) {
        var problems = new ArrayList<String>();
        var parameters = new HashMap<String, JsonNode>();
        root.path("parameters").properties().forEach(e -> parameters.put(e.getKey(), e.getValue()));
        method.description()
                .path("parameters")
                .properties()
                .forEach(e -> parameters.put(e.getKey(), e.getValue()));
        query.forEach(
                (name, value) -> {
                    JsonNode parameter = parameters.get(name);
                    if (parameter == null || !parameter.path("location").asText().equals("query")) {
                        problems.add("no query parameter " + name);
                    } else {
                        parameter(name, value, parameter, problems);
                    }
                });
        parameters.forEach(
                (name, parameter) -> {
                    if (parameter.path("required").asBoolean()
                            && parameter.path("location").asText().equals("query")
                            && !query.containsKey(name)) {
                        problems.add("query parameter " + name + " is missing");
                    }
                });
        JsonNode request = method.description().path("request");
        if (request.isMissingNode()) {
            if (!body.isEmpty()) {
                problems.add("there must be no body");
            }
            return problems;
        }
        try {
            check("body", MAPPER.readTree(body), request, false, problems);
        } catch (IOException e) {
            problems.add("the body is no JSON");
        }
        return problems;
    }

    /** What is wrong with an answer of {@code method}. */
    List<String> answerProblems(Method method, JsonNode answer) {
        var problems = new ArrayList<String>();
        check("answer", answer, method.description().path("response"), true, problems);
        return problems;
    }

    private static void parameter(
            String name, String value, JsonNode parameter, List<String> problems) {
        boolean fits =
                switch (parameter.path("type").asText()) {
                    case "integer" -> value.matches("-?\\d+");
                    case "boolean" -> value.matches("true|false");
                    default -> true;
                };
        if (!fits || !isWord(value, parameter)) {
            problems.add("query parameter " + name + " cannot be '" + value + "'");
        }
    }

    private void check(
            String path, JsonNode value, JsonNode schema, boolean answer, List<String> problems) {
        if (schema.has("$ref")) {
            JsonNode named = root.path("schemas").path(schema.path("$ref").asText());
            check(path, value, named, answer, problems);
            return;
        }
        boolean fits =
                switch (schema.path("type").asText()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual() && isWord(value.asText(), schema);
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    default -> true;
                };
        if (!fits) {
            problems.add(path + " cannot be " + value);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", value.get(i), schema.path("items"), answer, problems);
            }
        } else if (value.isObject()) {
            object(path, value, schema, answer, problems);
        }
    }

    private void object(
            String path, JsonNode value, JsonNode schema, boolean answer, List<String> problems) {
        JsonNode properties = schema.path("properties");
        value.properties()
                .forEach(
                        field -> {
                            String name = path + "." + field.getKey();
                            JsonNode property = properties.path(field.getKey());
                            if (!property.isMissingNode()) {
                                if (!answer && property.path("readOnly").asBoolean()) {
                                    problems.add(name + " is for answers alone");
                                }
                                check(name, field.getValue(), property, answer, problems);
                            } else if (schema.has("additionalProperties")) {
                                JsonNode any = schema.path("additionalProperties");
                                check(name, field.getValue(), any, answer, problems);
                            } else {
                                problems.add("there is no field " + name);
                            }
                        });
        properties
                .properties()
                .forEach(
                        property -> {
                            String about = property.getValue().path("description").asText();
                            if (!answer
                                    && about.startsWith("Required.")
                                    && !value.hasNonNull(property.getKey())) {
                                problems.add(path + "." + property.getKey() + " is missing");
                            }
                        });
    }

    private static boolean isWord(String value, JsonNode schema) {
        JsonNode words = schema.path("enum");
        if (words.isMissingNode()) {
            return true;
        }
        for (JsonNode word : words) {
            if (word.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
