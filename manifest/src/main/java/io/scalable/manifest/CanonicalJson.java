package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.Function;

/** The one spelling of a JSON value: keys sorted, no blanks. */
final class CanonicalJson {

    private CanonicalJson() {}

    /** Numbers in their canonical spelling: {@code 1.0} is {@code 1}. */
    static String of(JsonNode value) {
        return of(value, number -> Numbers.canonical(number.decimalValue()));
    }

    /** Numbers as they were written. */
    static String sorted(JsonNode value) {
        return of(value, JsonNode::toString);
    }

    private static String of(JsonNode value, Function<JsonNode, String> number) {
        var out = new StringBuilder();
        write(value, number, out);
        return out.toString();
    }

    /** SHA-256 of the UTF-8 text, in lower-case hex. */
    static String sha256(String json) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void write(
            JsonNode value, Function<JsonNode, String> number, StringBuilder out) {
        if (value.isObject()) {
            var sorted = new TreeMap<String, JsonNode>();
            value.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
            String separator = "{";
            for (var entry : sorted.entrySet()) {
                out.append(separator).append(TextNode.valueOf(entry.getKey())).append(':');
                write(entry.getValue(), number, out);
                separator = ",";
            }
            out.append(sorted.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String separator = "[";
            for (JsonNode item : value) {
                out.append(separator);
                write(item, number, out);
                separator = ",";
            }
            out.append(value.isEmpty() ? "[]" : "]");
        } else {
            out.append(value.isNumber() ? number.apply(value) : value);
        }
    }
}
