package io.scalable.manifest;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${VAR}} and {@code ${VAR:-default}}. The default also stands in for an empty
 * variable, as in a shell. {@code $${VAR}} is how to write {@code ${VAR}} itself.
 */
final class Variables {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$(\\$?)\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Map<String, String> env;

    Variables(Map<String, String> env) {
        this.env = env;
    }

    /**
     * The text with its references replaced; names that are unset and have no default go to {@code
     * unset}.
     */
    String replace(String text, Consumer<String> unset) {
        return text.contains("${")
                ? REFERENCE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value(m, unset)))
                : text;
    }

    /** The same, where an unset name is a problem of the value at {@code path}. */
    String replace(String text, Position at, String path, Problems problems) {
        return replace(
                text,
                name -> problems.unreadable(Code.E_UNSET_VARIABLE, path, at, unsetMessage(name)));
    }

    private static String unsetMessage(String name) {
        return "the environment variable "
                + name
                + " is not set; set it, write ${"
                + name
                + ":-default}, or $${"
                + name
                + "} to keep the text as it is";
    }

    private String value(MatchResult reference, Consumer<String> unset) {
        if (!reference.group(1).isEmpty()) {
            return reference.group().substring(1);
        }
        String name = reference.group(2);
        String otherwise = reference.group(3);
        String value = env.get(name);
        if (otherwise != null && (value == null || value.isEmpty())) {
            return otherwise;
        }
        if (value == null) {
            unset.accept(name);
            return reference.group();
        }
        return value;
    }
}
