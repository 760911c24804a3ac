package io.scalable.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML value that knows where it was written. Immutable; subtrees may be shared (aliases). */
sealed interface Yaml {

    Position at();

    /** What it is, for messages: {@code "4"}, {@code a list}, {@code null}. */
    String describe();

    default boolean isNull() {
        return false;
    }

    /** What a scalar is by the rules of YAML 1.2's core schema. */
    enum Kind {
        TEXT,
        INTEGER,
        FLOAT,
        BOOLEAN,
        NULL;

        private static final Map<Tag, Kind> OF_TAGS =
                Map.of(
                        Tag.STR, TEXT, Tag.INT, INTEGER, Tag.FLOAT, FLOAT, Tag.BOOL, BOOLEAN,
                        Tag.NULL, NULL);

        /** Empty for a tag that is not of the core schema. */
        static Optional<Kind> of(Tag tag) {
            return Optional.ofNullable(OF_TAGS.get(tag));
        }
    }

    /**
     * @param text as written, without quotes
     * @param quoted true if it stood in quotes or in a block, and so is text whatever it looks like
     */
    record Scalar(Kind kind, String text, boolean quoted, Position at) implements Yaml {

        private static final int SHOWN = 60;

        @Override
        public boolean isNull() {
            return kind == Kind.NULL;
        }

        @Override
        public String describe() {
            return switch (kind) {
                case NULL -> "null (nothing is written there)";
                case BOOLEAN -> "the boolean " + text;
                case INTEGER, FLOAT -> shortened();
                case TEXT -> "\"" + shortened() + "\"" + (looksLikeNumber() ? hint() : "");
            };
        }

        private boolean looksLikeNumber() {
            return quoted && text.length() < SHOWN && Numbers.looksLikeInteger(text);
        }

        private String hint() {
            return " (quotes make it a text; write " + text + ")";
        }

        private String shortened() {
            String line = text.replace("\n", "\\n");
            return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
        }
    }

    record Items(List<Yaml> values, Position at) implements Yaml {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public String describe() {
            return values.isEmpty() ? "an empty list" : "a list";
        }
    }

    /** One {@code key: value} of a map; {@code at} is the key's place. */
    record Entry(String key, Position at, Yaml value) {}

    /** A map; keys are unique and in the order written. */
    record Fields(Map<String, Entry> entries, Position at) implements Yaml {
        public Fields {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Nullable Yaml get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        @Override
        public String describe() {
            return entries.isEmpty() ? "an empty map" : "a map";
        }
    }
}
