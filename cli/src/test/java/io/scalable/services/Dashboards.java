package io.scalable.services;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the provisioned dashboards and rules ask, with Grafana's variables filled in. */
final class Dashboards {

    private static final Path DASHBOARDS = Path.of("../deploy/grafana/dashboards");
    private static final Pattern TIME_FILTER = Pattern.compile("\\$__timeFilter\\(([^)]+)\\)");
    private static final Pattern COMPARISON = Pattern.compile(" (==|>|<) ");

    private Dashboards() {}

    /**
     * One question.
     *
     * @param place where it stands
     * @param sql true for the history, false for Prometheus
     */
    record Query(String place, boolean sql, String text) {}

    static List<Query> all() throws IOException {
        var queries = new ArrayList<Query>();
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                JsonNode dashboard = Json.mapper().readTree(file.toFile());
                String title = dashboard.path("title").asText();
                for (JsonNode panel : dashboard.path("panels")) {
                    String place = title + " / " + panel.path("title").asText();
                    panel.path("targets").forEach(target -> queries.add(query(place, target)));
                }
                for (JsonNode annotation : dashboard.at("/annotations/list")) {
                    String place = title + " / " + annotation.path("name").asText();
                    queries.add(query(place, annotation.path("target")));
                }
            }
        }
        queries.addAll(rules());
        return queries;
    }

    private static Query query(String place, JsonNode target) {
        if (target.has("rawSql")) {
            Matcher filter = TIME_FILTER.matcher(target.path("rawSql").asText());
            String sql =
                    filter.replaceAll(
                            "$1 BETWEEN now() - interval '1 hour' AND now() + interval '1 hour'");
            return new Query(place, true, sql);
        }
        String expression =
                target.path("expr")
                        .asText()
                        .replace("$deployment", ".*")
                        .replace("$__rate_interval", "1m");
        return new Query(place, false, expression);
    }

    /** Every rule's expression; of an alert, which compares, what it compares. */
    private static List<Query> rules() throws IOException {
        String yaml = Files.readString(Prometheus.DEPLOY.resolve("rules.yml"));
        JsonNode rules =
                Json.mapper()
                        .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        var queries = new ArrayList<Query>();
        for (JsonNode group : rules.path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                String expression = rule.path("expr").asText();
                String name = rule.path("record").asText(rule.path("alert").asText());
                queries.add(
                        new Query(
                                "rule " + name,
                                false,
                                rule.has("alert") ? COMPARISON.split(expression)[0] : expression));
            }
        }
        return queries;
    }
}
