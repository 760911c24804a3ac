package io.scalable.manifest;

/**
 * A key of the manifest.
 *
 * @param presence whether it may be missing, or empty
 * @param otherwise what counts where it is missing, for people; empty for nothing
 * @param about what it means: a sentence
 * @param example a value as written in YAML
 */
record Key(
        String name, Type type, Presence presence, String otherwise, String about, String example) {

    enum Presence {
        /** Must be there. */
        REQUIRED,
        /** May be missing, or have no value. */
        OPTIONAL,
        /** May be missing; if it is there it has a value. */
        VALUED
    }

    static Key optional(String name, Type type, String about, String example) {
        return new Key(name, type, Presence.OPTIONAL, "", about, example);
    }

    static Key valued(String name, Type type, String about, String example) {
        return new Key(name, type, Presence.VALUED, "", about, example);
    }

    static Key required(String name, Type type, String about, String example) {
        return new Key(name, type, Presence.REQUIRED, "", about, example);
    }

    /** The same key, saying what counts where it is missing. */
    Key orElse(String value) {
        return new Key(name, type, presence, value, about, example);
    }
}
