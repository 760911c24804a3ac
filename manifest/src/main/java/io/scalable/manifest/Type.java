package io.scalable.manifest;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a key's value may be. Readers, the JSON Schema, the lock and the reference share these. */
sealed interface Type {

    /** What is wanted, for people: {@code a whole number, 1 or more}. */
    String wanted();

    /** Any scalar, read as it is written. */
    record Text(String wanted, @Nullable Pattern form) implements Type {
        Text() {
            this("a text", null);
        }
    }

    /** One of a few words; {@code hidden} ones are read, but nobody is led to them. */
    record Word(List<String> words, List<String> hidden) implements Type {
        Word(String... words) {
            this(List.of(words), List.of());
        }

        @Override
        public String wanted() {
            return (words.size() == 1 ? "" : "one of ") + String.join(", ", words);
        }
    }

    /** An unquoted whole number from {@code least} to {@code most}. */
    record Whole(int least, int most) implements Type {
        Whole(int least) {
            this(least, Integer.MAX_VALUE);
        }

        @Override
        public String wanted() {
            if (most < Integer.MAX_VALUE) {
                return "a whole number, " + least + " to " + most;
            }
            return switch (least) {
                case Integer.MIN_VALUE -> "a whole number";
                case 1 -> "a positive integer";
                default -> "a whole number, " + least + " or more";
            };
        }
    }

    /**
     * An unquoted number from {@code least} to {@code most}.
     *
     * @param above true if {@code least} itself is too little
     */
    record Decimal(String wanted, double least, boolean above, double most) implements Type {}

    /** {@code true} or {@code false}. */
    record Flag() implements Type {
        @Override
        public String wanted() {
            return "true or false";
        }
    }

    /** An amount of memory, see {@link Memory}. */
    record Bytes() implements Type {
        @Override
        public String wanted() {
            return "an amount of memory such as 20G, 512MiB or 1e9";
        }
    }

    /** A length of time, see {@link Durations}. */
    record Time() implements Type {
        @Override
        public String wanted() {
            return Durations.WANTED;
        }
    }

    record ListOf(Type item, int least) implements Type {
        ListOf(Type item) {
            this(item, 0);
        }

        @Override
        public String wanted() {
            return "a list, each " + item.wanted();
        }
    }

    /** A list; a single value is read as a list of one. */
    record OneOrMany(Type item) implements Type {
        @Override
        public String wanted() {
            return item.wanted() + ", or a list of such";
        }
    }

    /** A map whose keys are the user's own. */
    record MapOf(String wanted, @Nullable Pattern keys, Type value) implements Type {
        MapOf(Type value) {
            this("a map, each value " + value.wanted(), null, value);
        }
    }

    /** A map of known keys. */
    record Fixed(Shape shape) implements Type {
        @Override
        public String wanted() {
            return "a map: " + String.join(", ", shape.names());
        }
    }

    /** The first that fits the kind of value (scalar, list or map). */
    record AnyOf(List<Type> types) implements Type {
        AnyOf(Type... types) {
            this(List.of(types));
        }

        @Override
        public String wanted() {
            return String.join(", or ", types.stream().map(Type::wanted).toList());
        }
    }

    /** Whatever is written there. */
    record Anything(String wanted) implements Type {}
}
