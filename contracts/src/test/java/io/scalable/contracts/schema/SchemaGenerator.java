package io.scalable.contracts.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a closed JSON Schema (draft 7, the newest that registries can compare) of a record. All is
 * written in place. A field is required unless it may be null or its {@link JsonProperty} tells a
 * default. Libraries wrap the subtypes of sealed interfaces into {@code allOf}, where no part can
 * be closed; hence this.
 */
final class SchemaGenerator {

    private SchemaGenerator() {}

    static ObjectNode schema(RecordType type) {
        ObjectNode schema = object();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("$id", type.urn());
        schema.put("title", type.name());
        schema.setAll(record(type.type(), null, null));
        return schema;
    }

    private static ObjectNode record(
            Class<?> type, @Nullable String kindField, @Nullable String kind) {
        ObjectNode properties = object();
        var required = Json.mapper().createArrayNode();
        String field = kindField;
        String name = kind;
        for (Class<?> topic : type.getInterfaces()) {
            JsonTypeInfo info = topic.getAnnotation(JsonTypeInfo.class);
            for (Class<?> c = topic; info == null && c.getInterfaces().length > 0; ) {
                c = c.getInterfaces()[0];
                info = c.getAnnotation(JsonTypeInfo.class);
            }
            if (info != null && field == null) {
                field = info.property();
                name = type.getSimpleName();
            }
        }
        if (field != null) {
            properties.putObject(field).put("const", name);
            required.add(field);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty told = component.getAccessor().getAnnotation(JsonProperty.class);
            String property =
                    told == null || told.value().isEmpty() ? component.getName() : told.value();
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean defaulted = told != null && told.value().isEmpty();
            ObjectNode value = value(component.getGenericType());
            if (nullable) {
                orNull(value);
            } else if (!defaulted) {
                required.add(property);
            }
            properties.set(property, value);
        }
        ObjectNode schema = object().put("type", "object");
        schema.set("properties", properties);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            ObjectNode schema = object();
            if (generic.getRawType() == List.class) {
                schema.put("type", "array").set("items", value(of[0]));
            } else if (generic.getRawType() == Map.class) {
                schema.put("type", "object").set("additionalProperties", value(of[1]));
            } else {
                throw new IllegalArgumentException("no schema for " + type);
            }
            return schema;
        }
        Class<?> raw = (Class<?>) type;
        if (raw == JsonNode.class) {
            return object();
        } else if (raw == String.class) {
            return object().put("type", "string");
        } else if (raw == int.class
                || raw == long.class
                || raw == Integer.class
                || raw == Long.class) {
            return object().put("type", "integer");
        } else if (raw == double.class || raw == Double.class) {
            return object().put("type", "number");
        } else if (raw == boolean.class) {
            return object().put("type", "boolean");
        } else if (raw == Instant.class) {
            return object().put("type", "string").put("format", "date-time");
        } else if (raw == URI.class) {
            return object().put("type", "string").put("format", "uri-reference");
        } else if (raw == byte[].class) {
            return object().put("type", "string").put("contentEncoding", "base64");
        } else if (raw.isEnum()) {
            ObjectNode schema = object().put("type", "string");
            var words = schema.putArray("enum");
            for (Object constant : raw.getEnumConstants()) {
                words.add(Json.mapper().valueToTree(constant));
            }
            return schema;
        } else if (raw.isRecord()) {
            return record(raw, null, null);
        }
        return choice(raw);
    }

    private static ObjectNode choice(Class<?> sealed) {
        String field = sealed.getAnnotation(JsonTypeInfo.class).property();
        ObjectNode schema = object().put("type", "object");
        var kinds = schema.putObject("properties").putObject(field).putArray("enum");
        schema.putArray("required").add(field);
        var branches = schema.putArray("oneOf");
        for (JsonSubTypes.Type kind : sealed.getAnnotation(JsonSubTypes.class).value()) {
            kinds.add(kind.name());
            branches.add(record(kind.value(), field, kind.name()));
        }
        return schema;
    }

    private static void orNull(ObjectNode schema) {
        if (schema.has("type")) {
            String type = schema.get("type").asText();
            schema.putArray("type").add(type).add("null");
            if (schema.get("enum") != null) {
                schema.withArray("enum").addNull();
            }
        }
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }
}
