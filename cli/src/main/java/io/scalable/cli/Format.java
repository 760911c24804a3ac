package io.scalable.cli;

/** How a command prints its result. */
enum Format {
    /** For people. */
    TEXT,
    /** For programs: one JSON value, names such as {@code finished_at}. */
    JSON,
    /** For shells: ids or nothing, one a line. */
    QUIET
}
