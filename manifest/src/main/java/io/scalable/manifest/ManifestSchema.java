package io.scalable.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.manifest.Key.Presence;
import io.scalable.manifest.Type.AnyOf;
import io.scalable.manifest.Type.Anything;
import io.scalable.manifest.Type.Bytes;
import io.scalable.manifest.Type.Decimal;
import io.scalable.manifest.Type.Fixed;
import io.scalable.manifest.Type.Flag;
import io.scalable.manifest.Type.ListOf;
import io.scalable.manifest.Type.MapOf;
import io.scalable.manifest.Type.OneOrMany;
import io.scalable.manifest.Type.Text;
import io.scalable.manifest.Type.Time;
import io.scalable.manifest.Type.Whole;
import io.scalable.manifest.Type.Word;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (draft 2020-12) of manifests, for editors. It never refuses what {@link
 * Manifests} takes; {@link Manifests} knows more (names that must exist, cycles, files).
 */
public final class ManifestSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String VARIABLE = "variable";

    /** True while the parts of overlays are written: nothing is required in them. */
    private final boolean partial;

    private ManifestSchema(boolean partial) {
        this.partial = partial;
    }

    /** The schema. */
    public static ObjectNode json() {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Scalable manifest, version 1");
        schema.setAll(new ManifestSchema(false).shape(ManifestKeys.ROOT));
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ((ObjectNode) properties.get("version")).removeAll().put("const", 1);
        ObjectNode overlay = new ManifestSchema(true).shape(ManifestKeys.ROOT);
        ((ObjectNode) overlay.get("properties")).remove("overlays");
        ObjectNode definitions = schema.putObject("$defs");
        definitions.set("overlay", overlay);
        definitions
                .putObject(VARIABLE)
                .put("description", "A text with a ${VARIABLE}")
                .put("type", "string")
                .put("pattern", "\\$\\{");
        ((ObjectNode) properties.get("overlays")).set("additionalProperties", reference("overlay"));
        return schema;
    }

    private ObjectNode shape(Shape shape) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (Key key : shape.keys().values()) {
            properties.set(key.name(), key(key));
            if (key.presence() == Presence.REQUIRED && !partial) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (shape.fewest() > 0 && !partial) {
            schema.put("minProperties", shape.fewest());
        }
        if (shape.most() < shape.keys().size()) {
            schema.put("maxProperties", shape.most());
        }
        schema.put("additionalProperties", shape.open());
        return schema;
    }

    private ObjectNode key(Key key) {
        ObjectNode schema = type(key.type());
        boolean nullable = key.presence() == Presence.OPTIONAL;
        if (nullable && !schema.isEmpty()) {
            schema = anyOf(schema, JSON.objectNode().put("type", "null"));
        }
        ObjectNode described = JSON.objectNode();
        described.put("description", describe(key));
        described.setAll(schema);
        return described;
    }

    private static String describe(Key key) {
        String otherwise = key.otherwise().isEmpty() ? "" : " Default: " + key.otherwise() + ".";
        return key.about() + otherwise + " Example: " + key.example();
    }

    private ObjectNode type(Type type) {
        return switch (type) {
            case Text text -> text(text.form());
            case Word word -> orVariable(words(word));
            case Whole whole -> orVariable(whole(whole));
            case Decimal decimal -> orVariable(decimal(decimal));
            case Flag _ -> orVariable(JSON.objectNode().put("type", "boolean"));
            case Bytes _ ->
                    anyOf(
                            number("number").put("exclusiveMinimum", 0),
                            pattern(Memory.FORM),
                            reference(VARIABLE));
            case Time _ ->
                    anyOf(
                            number("number").put("exclusiveMinimum", 0),
                            pattern(Durations.FORM),
                            reference(VARIABLE));
            case ListOf list -> list(list);
            case OneOrMany many -> anyOf(type(many.item()), list(new ListOf(many.item())));
            case MapOf map -> map(map);
            case Fixed fixed -> fixed(fixed.shape());
            case AnyOf any ->
                    anyOf(any.types().stream().map(this::type).toArray(ObjectNode[]::new));
            case Anything _ -> JSON.objectNode();
        };
    }

    private static ObjectNode text(@Nullable Pattern form) {
        ObjectNode schema = JSON.objectNode();
        if (form != null) {
            return anyOf(pattern(form), reference(VARIABLE));
        }
        schema.putArray("type").add("string").add("number").add("boolean");
        return schema;
    }

    private static ObjectNode words(Word word) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode words = schema.putArray("enum");
        word.words().forEach(words::add);
        word.hidden().forEach(words::add);
        return schema;
    }

    private static ObjectNode decimal(Decimal decimal) {
        ObjectNode schema = number("number");
        schema.put(decimal.above() ? "exclusiveMinimum" : "minimum", decimal.least());
        return decimal.most() == Double.MAX_VALUE ? schema : schema.put("maximum", decimal.most());
    }

    private ObjectNode list(ListOf list) {
        ObjectNode schema = JSON.objectNode().put("type", "array");
        schema.set("items", type(list.item()));
        return list.least() == 0 ? schema : schema.put("minItems", list.least());
    }

    private ObjectNode map(MapOf map) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        if (map.keys() != null) {
            ObjectNode names = anyOf(pattern(map.keys()), reference(VARIABLE));
            schema.set("propertyNames", names);
        }
        boolean names = map.value() instanceof Fixed fixed && fixed.shape() != TargetKeys.TARGET;
        boolean nullable = !(map.value() instanceof Fixed) || names || partial;
        ObjectNode value = type(map.value());
        schema.set(
                "additionalProperties",
                nullable && !value.isEmpty()
                        ? anyOf(value, JSON.objectNode().put("type", "null"))
                        : value);
        return schema;
    }

    /** A target's options depend on its provider; an overlay's part may not tell which. */
    private ObjectNode fixed(Shape shape) {
        if (shape != TargetKeys.TARGET) {
            return shape(shape);
        }
        ObjectNode schema = shape(shape).put("additionalProperties", true);
        if (partial) {
            return schema;
        }
        ArrayNode cases = schema.putArray("allOf");
        for (Provider provider : Provider.values()) {
            ObjectNode when = cases.addObject();
            ObjectNode condition = when.putObject("if");
            condition.putObject("properties").putObject("provider").put("const", provider.word());
            condition.putArray("required").add("provider");
            ObjectNode then = shape(provider.shape());
            ((ObjectNode) then.get("properties")).remove(shape.names());
            then.remove("required");
            when.set("then", then);
        }
        return schema;
    }

    private static ObjectNode whole(Whole type) {
        ObjectNode schema = number("integer").put("minimum", type.least());
        return type.most() == Integer.MAX_VALUE ? schema : schema.put("maximum", type.most());
    }

    private static ObjectNode number(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode pattern(Pattern form) {
        return JSON.objectNode().put("type", "string").put("pattern", "^(" + form + ")$");
    }

    private static ObjectNode orVariable(ObjectNode schema) {
        return anyOf(schema, reference(VARIABLE));
    }

    private static ObjectNode reference(String definition) {
        return JSON.objectNode().put("$ref", "#/$defs/" + definition);
    }

    private static ObjectNode anyOf(ObjectNode... schemas) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode any = schema.putArray("anyOf");
        for (ObjectNode each : schemas) {
            any.add(each);
        }
        return schema;
    }
}
