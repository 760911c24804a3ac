package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** The one spelling of a JSON value: keys sorted, no blanks, numbers canonical. */
final class CanonicalJson {

    private CanonicalJson() {}

    static String of(JsonNode value) {
        var out = new StringBuilder();
        write(value, out);
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

    private static void write(JsonNode value, StringBuilder out) {
        if (value.isObject()) {
            var sorted = new TreeMap<String, JsonNode>();
            value.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
            String separator = "{";
            for (var entry : sorted.entrySet()) {
                out.append(separator).append(TextNode.valueOf(entry.getKey())).append(':');
                write(entry.getValue(), out);
                separator = ",";
            }
            out.append(sorted.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String separator = "[";
            for (JsonNode item : value) {
                out.append(separator);
                write(item, out);
                separator = ",";
            }
            out.append(value.isEmpty() ? "[]" : "]");
        } else {
            out.append(value.isNumber() ? Numbers.canonical(value.decimalValue()) : value);
        }
    }
}
