package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.manifest.Yaml.Kind;
import java.math.BigDecimal;
import java.util.Locale;

/** YAML values as JSON. What JSON has no number for ({@code .inf}, {@code .nan}) becomes text. */
final class YamlJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private YamlJson() {}

    static JsonNode of(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar(scalar);
            case Yaml.Items items -> {
                ArrayNode array = JSON.arrayNode();
                items.values().forEach(value -> array.add(of(value)));
                yield array;
            }
            case Yaml.Fields fields -> {
                ObjectNode object = JSON.objectNode();
                fields.entries().forEach((key, entry) -> object.set(key, of(entry.value())));
                yield object;
            }
        };
    }

    private static JsonNode scalar(Yaml.Scalar scalar) {
        return switch (scalar.kind()) {
            case NULL -> NullNode.getInstance();
            case BOOLEAN ->
                    BooleanNode.valueOf(scalar.text().toLowerCase(Locale.ROOT).equals("true"));
            case TEXT -> TextNode.valueOf(scalar.text());
            case INTEGER, FLOAT -> number(scalar);
        };
    }

    private static JsonNode number(Yaml.Scalar scalar) {
        BigDecimal exact = Numbers.decimal(scalar);
        if (exact == null) {
            return TextNode.valueOf(scalar.text());
        }
        if (scalar.kind() == Kind.FLOAT) {
            double value = exact.doubleValue();
            return Double.isFinite(value)
                    ? JSON.numberNode(value)
                    : TextNode.valueOf(scalar.text());
        }
        return integer(exact);
    }

    /** A whole number in the narrowest JSON node that holds it. */
    static JsonNode integer(BigDecimal exact) {
        if (exact.compareTo(BigDecimal.valueOf(exact.intValue())) == 0) {
            return JSON.numberNode(exact.intValue());
        }
        return exact.compareTo(BigDecimal.valueOf(exact.longValue())) == 0
                ? JSON.numberNode(exact.longValue())
                : JSON.numberNode(exact.toBigInteger());
    }
}
