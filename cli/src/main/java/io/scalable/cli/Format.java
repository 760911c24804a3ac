package io.scalable.cli;

import java.util.Locale;

/** How a command prints its result. */
enum Format {
    /** For people. */
    TEXT,
    /** For programs: one JSON value, names such as {@code finished_at}. */
    JSON,
    /** For shells: ids or nothing, one a line. */
    QUIET;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
