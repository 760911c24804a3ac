package io.scalable.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestSchemaTest {

    private static final Path PUBLISHED = Path.of("../docs/scalable.schema.json");

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(ManifestSchema.json());

    /** What a schema cannot know: names that must exist, the environment, files, graphs. */
    private static final Set<Code> BEYOND_A_SCHEMA =
            EnumSet.of(
                    Code.E_BAD_YAML,
                    Code.E_DUPLICATE_KEY,
                    Code.E_UNSET_VARIABLE,
                    Code.E_UNKNOWN_COMPONENT,
                    Code.E_UNKNOWN_OVERLAY,
                    Code.E_UNKNOWN_NEED,
                    Code.E_NONPOSITIVE_MEMORY,
                    Code.E_AMBIGUOUS_TAG,
                    Code.E_HANDLER_AND_COMMAND,
                    Code.E_BAD_ITEM,
                    Code.E_BAD_FOREACH,
                    Code.E_NEED_CYCLE,
                    Code.E_BAD_GROUP,
                    Code.E_UNRUNNABLE_NEED,
                    Code.E_RESULT_CLASH,
                    Code.E_TOO_LARGE);

    private static Set<String> findings(String yaml) {
        var problems = new Problems("f");
        Yaml tree =
                new YamlTree(new Variables(java.util.Map.of()), problems)
                        .of(YamlText.compose(yaml.getBytes(StandardCharsets.UTF_8), problems));
        JsonNode json = YamlJson.of(tree);
        return SCHEMA.validate(json).stream()
                .map(Object::toString)
                .collect(java.util.stream.Collectors.toSet());
    }

    static Stream<Code> wrong() {
        return ProblemExamples.all().keySet().stream()
                .filter(code -> code.severity() == Severity.ERROR)
                .filter(code -> !BEYOND_A_SCHEMA.contains(code));
    }

    static Stream<String> right() {
        Stream<String> warned =
                ProblemExamples.all().entrySet().stream()
                        .filter(entry -> entry.getKey().severity() == Severity.WARNING)
                        .map(entry -> entry.getValue().replace("§", ""));
        return Stream.concat(warned, ExistingManifests.all().stream());
    }

    /** Run with {@code -Dpublish=true} to write it anew. */
    @Test
    void thePublishedSchemaIsThatOfTheCode() throws IOException {
        String current = MAPPER.writeValueAsString(ManifestSchema.json()) + "\n";
        if (Boolean.getBoolean("publish")) {
            Files.writeString(PUBLISHED, current);
        }

        assertThat(PUBLISHED).content().isEqualTo(current);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatAManifestMustNotHaveTheSchemaRefuses(Code code) {
        assertThat(findings(ProblemExamples.all().get(code).replace("§", ""))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("right")
    void whatIsNoErrorTheSchemaTakes(String yaml) {
        assertThat(findings(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"energy-forecast", "shell-pipeline"})
    void theExamplesAreTaken(String example) throws IOException {
        String yaml = Files.readString(Path.of("../examples", example, "scalable.yaml"));

        assertThat(findings(yaml)).isEmpty();
    }

    @Test
    void allKindsOfValuesAreTaken() {
        assertThat(findings(AllKeys.YAML)).isEmpty();
        assertThat(ManifestTester.load(AllKeys.YAML).problems()).isEmpty();
    }

    @Test
    void overlaysArePartsOfAManifest() {
        String head = "version: 1\noverlays:\n  x: ";

        assertThat(findings(head + "{targets: {a: {queue: long}}, tasks: {t: {retries: 1}}}"))
                .isEmpty();
        assertThat(findings(head + "{components: {c: {memroy: 1G}}}")).isNotEmpty();
    }

    @Test
    void aVariableMayStandForAnyValue() {
        List<String> values = List.of("max_workers: '${N}'", "walltime: '${W:-1h}'");

        for (String value : values) {
            assertThat(findings(ProblemExamples.target("provider: slurm, " + value))).isEmpty();
        }
    }
}
