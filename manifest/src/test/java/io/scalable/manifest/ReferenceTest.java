package io.scalable.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/manifest.md are those of the code. */
class ReferenceTest {

    private static final Path REFERENCE = Path.of("../docs/manifest.md");
    private static final Pattern TABLE =
            Pattern.compile("<!-- table: (\\S+) -->\n.*?<!-- end -->", Pattern.DOTALL);
    private static final Pattern YAML =
            Pattern.compile("```yaml\n(# yaml-lang.*?)```", Pattern.DOTALL);

    /** Run with {@code -Dpublish=true} to write them anew. */
    @Test
    void everyKeyAndCodeIsInItsTable() throws IOException {
        String text = Files.readString(REFERENCE);
        String current = TABLE.matcher(text).replaceAll(ReferenceTest::filled);
        if (Boolean.getBoolean("publish")) {
            Files.writeString(REFERENCE, current);
        }

        assertThat(REFERENCE).content().isEqualTo(current);
        assertThat(TABLE.matcher(text).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(tables().keySet());
    }

    @Test
    void theExampleIsSound() throws IOException {
        Matcher example = YAML.matcher(Files.readString(REFERENCE));

        assertThat(example.find()).isTrue();
        assertThat(ManifestTester.load(example.group(1)).errors()).isEmpty();
    }

    private static String filled(MatchResult found) {
        String name = found.group(1);
        String table = tables().getOrDefault(name, "no such table\n");
        return Matcher.quoteReplacement("<!-- table: " + name + " -->\n" + table + "<!-- end -->");
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        List.of(
                        ManifestKeys.ROOT,
                        ManifestKeys.PROJECT,
                        TargetKeys.TARGET,
                        TargetKeys.ADAPTIVE,
                        TargetKeys.PRICE,
                        ManifestKeys.COMPONENT,
                        ManifestKeys.TASK,
                        ManifestKeys.FOREACH,
                        ManifestKeys.NEED)
                .forEach(shape -> tables.put(shape.name(), keys(shape, List.of())));
        for (Provider provider : Provider.values()) {
            List<String> common = List.copyOf(TargetKeys.TARGET.names());
            tables.put(provider.word(), keys(provider.shape(), common));
        }
        tables.put("codes", codes());
        return tables;
    }

    private static String keys(Shape shape, List<String> without) {
        return "| key | value | default | meaning | example |\n|---|---|---|---|---|\n"
                + shape.keys().values().stream()
                        .filter(key -> !without.contains(key.name()))
                        .map(ReferenceTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Key key) {
        String otherwise = key.presence() == Key.Presence.REQUIRED ? "*required*" : key.otherwise();
        return "| `%s` | %s | %s | %s | `%s` |\n"
                .formatted(key.name(), value(key.type()), otherwise, key.about(), key.example());
    }

    /** Long lists of inner keys have tables of their own. */
    private static String value(Type type) {
        return type instanceof Type.Fixed
                ? "a map"
                : type.wanted().replaceAll("a map: [^;]*", "a map");
    }

    private static String codes() {
        return "| code | what is wrong |\n|---|---|\n"
                + Arrays.stream(Code.values())
                        .map(code -> "| `%s` | %s |\n".formatted(code, code.about()))
                        .collect(Collectors.joining());
    }
}
