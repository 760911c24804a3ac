package io.scalable.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.scalable.contracts.Json;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemas under {@code src/main/resources/schemas} are those of the records. {@code
 * dev/schemas} writes them anew.
 */
class SchemasTest {

    private static final Path FOLDER = Path.of("src/main/resources/schemas");
    private static final ObjectWriter PRETTY = Json.mapper().writerWithDefaultPrettyPrinter();
    private static final boolean UPDATE = Boolean.getBoolean("scalable.schemas.update");

    static List<RecordType> types() {
        return RecordTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    void theSchemaInTheJarIsThatOfTheRecord(RecordType type) throws IOException {
        String generated = PRETTY.writeValueAsString(SchemaGenerator.schema(type)) + "\n";
        Path file = FOLDER.resolve(type.name() + ".json");
        if (UPDATE) {
            Files.writeString(file, generated);
        }

        assertThat(file).as("run dev/schemas to write it anew").hasContent(generated);
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatTheCodecWritesIsValidAndAnUnknownFieldIsNot(RecordType type) throws IOException {
        var schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                        .getSchema(SchemaGenerator.schema(type));
        for (boolean full : new boolean[] {true, false}) {
            JsonNode sample = Json.mapper().readTree(SampleRecords.json(type.type(), full));
            assertThat(schema.validate(sample)).as("%s", sample).isEmpty();

            ((com.fasterxml.jackson.databind.node.ObjectNode) sample).put("surprise", 1);
            assertThat(schema.validate(sample)).as("%s", sample).isNotEmpty();
        }
    }

    @Test
    void everyRecordOfATopicHasASchema() {
        Set<String> records =
                Stream.of(
                                TaskCommand.class,
                                TaskEvent.class,
                                WorkerReport.class,
                                WorkerLifecycle.class,
                                Assignment.class)
                        .flatMap(SchemasTest::leaves)
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(types())
                .extracting(RecordType::name)
                .doesNotHaveDuplicates()
                .containsAll(records);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(SchemasTest::leaves);
    }
}
