package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.ExactDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * YAML values as JSON, numbers to the last digit; a number's {@link JsonNode#asText} is what was
 * written. What JSON has no number for ({@code .inf}, {@code .nan}) becomes text.
 */
final class YamlJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Longer ones are text: readers of JSON refuse them. */
    private static final int LONGEST = 1000;

    private static final Pattern JSON_DECIMAL =
            Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d{1,9})?");

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,9})?");

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
            case INTEGER -> {
                JsonNode number = integer(scalar.text());
                yield number == null ? TextNode.valueOf(scalar.text()) : number;
            }
            case FLOAT -> decimal(scalar.text());
        };
    }

    private static JsonNode decimal(String text) {
        if (text.length() > LONGEST || !DECIMAL.matcher(text).matches()) {
            return TextNode.valueOf(text);
        }
        return JSON_DECIMAL.matcher(text).matches()
                ? new ExactDecimal(text)
                : new WrittenNumber(new BigDecimal(text), false, text);
    }

    /** Null for monsters. */
    private static @Nullable JsonNode integer(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        BigInteger value =
                switch (text.length() > 2 ? text.substring(0, 2) : "") {
                    case "0x" -> new BigInteger(text.substring(2), 16);
                    case "0o" -> new BigInteger(text.substring(2), 8);
                    default -> new BigInteger(text);
                };
        return value.toString().equals(text)
                ? integer(new BigDecimal(value))
                : new WrittenNumber(new BigDecimal(value), true, text);
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
