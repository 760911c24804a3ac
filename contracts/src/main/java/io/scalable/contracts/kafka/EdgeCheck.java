package io.scalable.contracts.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.Json;
import io.scalable.contracts.schema.RecordType;
import io.scalable.contracts.schema.RecordTypes;
import io.scalable.contracts.topic.Topics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Checks what comes from outside against its schema, before anybody decodes it. Records with our
 * {@link SchemaHeader} pass unseen, so that the usual path costs nothing; unknown fields pass too.
 * Thread-safe; schemas are loaded when the first record of a topic comes from outside.
 */
public final class EdgeCheck {

    private static final Set<String> OPEN =
            Set.of(Topics.TASKS, Topics.SCALE_REQUESTS, Topics.DEPLOYMENTS);

    private static final ClassValue<JsonSchema> SCHEMAS =
            new ClassValue<>() {
                @Override
                protected JsonSchema computeValue(Class<?> type) {
                    return opened(RecordTypes.of(type));
                }
            };

    private EdgeCheck() {}

    /**
     * Checks a record, if it is on a topic that anyone may write to and comes from outside.
     *
     * @throws InvalidRecordException if it is not valid; the message names each field, what was
     *     found there and what is wanted
     */
    public static void check(String topic, Headers headers, byte @Nullable [] value) {
        if (value == null || !OPEN.contains(topic) || SchemaHeader.isOn(headers)) {
            return;
        }
        JsonNode record = parse(value);
        RecordType type = type(topic, record);
        String problems = SchemaProblems.describe(SCHEMAS.get(type.type()).validate(record));
        if (!problems.isEmpty()) {
            throw invalid("not a valid " + type.name() + ": " + problems);
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
                                    e.getOriginalMessage(),
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
        node.forEach(EdgeCheck::open);
    }

    private static InvalidRecordException invalid(String message) {
        return new InvalidRecordException(message, null);
    }
}
