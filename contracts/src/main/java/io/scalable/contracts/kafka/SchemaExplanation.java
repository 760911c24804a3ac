package io.scalable.contracts.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.Json;
import io.scalable.contracts.JsonProblem;
import io.scalable.contracts.schema.RecordType;
import io.scalable.contracts.schema.RecordTypes;
import io.scalable.contracts.topic.Topics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Explains a record that was refused by its JSON Schema: all that is wrong with it, in words for
 * people. Only for topics that anyone may write to. Thread-safe; schemas are loaded when first
 * needed.
 */
final class SchemaExplanation {

    private static final Set<String> OPEN =
            Set.of(Topics.TASKS, Topics.SCALE_REQUESTS, Topics.DEPLOYMENTS);

    /** Larger records are not explained: the validator keeps a message for each fault. */
    private static final int LARGEST_BYTES = 64 * 1024;

    private static final ClassValue<JsonSchema> SCHEMAS =
            new ClassValue<>() {
                @Override
                protected JsonSchema computeValue(Class<?> type) {
                    return opened(RecordTypes.of(type));
                }
            };

    private SchemaExplanation() {}

    /** What is wrong with the record; empty if its schema finds no fault, or is not asked. */
    static Optional<InvalidRecordException> of(String topic, byte[] value) {
        if (!OPEN.contains(topic) || value.length > LARGEST_BYTES) {
            return Optional.empty();
        }
        try {
            JsonNode record = parse(value);
            RecordType type = type(topic, record);
            String problems = SchemaProblems.describe(SCHEMAS.get(type.type()).validate(record));
            return problems.isEmpty()
                    ? Optional.empty()
                    : Optional.of(invalid("not a valid " + type.name() + ": " + problems));
        } catch (InvalidRecordException e) {
            return Optional.of(e);
        }
    }

    private static JsonNode parse(byte[] value) {
        JsonNode record;
        try {
            record = Json.mapper().readTree(value);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new InvalidRecordException(
                    "not JSON: %s (line %d, column %d)"
                            .formatted(
                                    JsonProblem.describe(e),
                                    at == null ? 0 : at.getLineNr(),
                                    at == null ? 0 : at.getColumnNr()),
                    e);
        } catch (IOException e) {
            throw new InvalidRecordException("not JSON: " + e.getMessage(), e);
        }
        if (!record.isObject()) {
            throw invalid("wanted a JSON object, found " + SchemaProblems.shown(record));
        }
        return record;
    }

    private static RecordType type(String topic, JsonNode record) {
        Map<String, RecordType> known =
                RecordTypes.on(topic).stream()
                        .collect(
                                Collectors.toMap(
                                        RecordType::name, t -> t, (a, _) -> a, LinkedHashMap::new));
        if (known.size() == 1) {
            return known.values().iterator().next();
        }
        JsonNode name = record.get("type");
        RecordType type = name == null ? null : known.get(name.asText());
        if (type == null) {
            throw invalid(
                    "type: found %s, wanted one of %s"
                            .formatted(SchemaProblems.shown(name), known.keySet()));
        }
        return type;
    }

    /** Unknown fields are a newer sender's, or a remark of somebody's. */
    private static JsonSchema opened(RecordType type) {
        JsonNode schema;
        try {
            schema = Json.mapper().readTree(type.schema());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema of " + type.name() + " is no JSON", e);
        }
        open(schema);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
    }

    private static void open(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("additionalProperties").isBoolean()) {
            object.remove("additionalProperties");
        }
        node.forEach(SchemaExplanation::open);
    }

    private static InvalidRecordException invalid(String message) {
        return new InvalidRecordException(message, null);
    }
}
