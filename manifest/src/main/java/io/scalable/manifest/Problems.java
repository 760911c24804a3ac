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

    /** Problems that leave no value to speak of. */
    private static final Set<String> UNREADABLE =
            Set.of(Code.E_BAD_YAML.name(), Code.E_UNSET_VARIABLE.name());

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<Position> unreadable = new HashSet<>();

    Problems(String file) {
        this(file, List.of());
    }

    /**
     * @param known problems that are there already
     */
    Problems(String file, List<Problem> known) {
        this.file = file;
        found.addAll(known);
        known.stream()
                .filter(problem -> UNREADABLE.contains(problem.code()))
                .map(problem -> new Position(problem.line(), problem.column()))
                .forEach(unreadable::add);
    }

    /** Records a problem; its code says whether it is an error. */
    void add(Code code, String path, Position at, String message) {
        if (!unreadable.contains(at)) {
            found.add(
                    new Problem(
                            code.name(),
                            code.severity(),
                            path,
                            file,
                            at.line(),
                            at.column(),
                            message));
        }
    }

    /** An error that leaves no value to speak of: further problems at its place are not told. */
    void unreadable(Code code, String path, Position at, String message) {
        add(code, path, at, message);
        unreadable.add(at);
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
}
