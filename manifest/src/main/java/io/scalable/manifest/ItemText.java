package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code {item}}, {@code {item.key}} and {@code {item.a.b}}; all other braces stay. */
final class ItemText {

    private static final Pattern REFERENCE = Pattern.compile("\\{item((?:\\.[\\p{L}\\p{N}_-]+)*)}");

    private ItemText() {}

    static boolean mentionsItem(String template) {
        return template.contains("{item") && REFERENCE.matcher(template).find();
    }

    /** The first key that {@code template} asks for and {@code item} lacks; null if none. */
    static @Nullable String missingKey(String template, JsonNode item) {
        if (!mentionsItem(template)) {
            return null;
        }
        return REFERENCE
                .matcher(template)
                .results()
                .map(match -> withoutDot(match.group(1)))
                .filter(key -> value(item, key).isMissingNode())
                .findFirst()
                .orElse(null);
    }

    /** Texts and numbers are put in as they were written, other values as JSON. */
    static String replace(String template, JsonNode item) {
        return mentionsItem(template)
                ? REFERENCE
                        .matcher(template)
                        .replaceAll(
                                match ->
                                        Matcher.quoteReplacement(
                                                text(value(item, withoutDot(match.group(1))))))
                : template;
    }

    /** The value under {@code key}, where dots lead into nested objects; missing if not there. */
    static JsonNode value(JsonNode item, String key) {
        if (key.isEmpty()) {
            return item;
        }
        JsonNode value = item;
        for (String part : key.split("\\.")) {
            value = value.isObject() ? value.path(part) : MissingNode.getInstance();
        }
        return value;
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? CanonicalJson.sorted(value) : value.asText();
    }

    private static String withoutDot(String keys) {
        return keys.isEmpty() ? keys : keys.substring(1);
    }
}
