package io.scalable.manifest;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers what is wrong with one manifest. The same problem found twice, as happens when several
 * overlays share a part, is kept once. Used by one thread.
 */
final class Problems {

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<Position> unreadable = new HashSet<>();

    Problems(String file) {
        this.file = file;
    }

    void error(String code, String path, Position at, String message) {
        add(code, Severity.ERROR, path, at, message);
    }

    /** An error that leaves no value to speak of: further problems at its place are not told. */
    void unreadable(String code, String path, Position at, String message) {
        error(code, path, at, message);
        unreadable.add(at);
    }

    void warning(String code, String path, Position at, String message) {
        add(code, Severity.WARNING, path, at, message);
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    /** In the order of the file. */
    List<Problem> all() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    private void add(String code, Severity severity, String path, Position at, String message) {
        if (!unreadable.contains(at)) {
            found.add(new Problem(code, severity, path, file, at.line(), at.column(), message));
        }
    }
}
