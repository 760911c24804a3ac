package io.scalable.manifest;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code project.files}: what tasks need beside their code.
 *
 * @param folder the manifest's; nothing outside of it is taken, since copies lie below one folder
 */
record ProjectFiles(Path folder) {

    /** What there is for the entries, relative to the folder, sorted, each once. */
    List<String> read(@Nullable Field field) {
        if (field == null) {
            return List.of();
        }
        Set<String> found = new TreeSet<>();
        List<Field> entries =
                field.value() instanceof Yaml.Scalar
                        ? List.of(field)
                        : field.items(Code.E_BAD_VALUE, "a list of files and folders");
        for (Field entry : entries) {
            String text = entry.text();
            if (text != null) {
                found.addAll(matches(entry, text));
            }
        }
        return List.copyOf(found);
    }

    private List<String> matches(Field entry, String pattern) {
        try {
            if (!below(Path.of(pattern).normalize())) {
                entry.wrong(
                        Code.E_BAD_VALUE,
                        "a path or pattern of what is below the manifest's folder");
                return List.of();
            }
            List<String> matches = ItemFiles.glob(folder, pattern);
            if (matches.isEmpty()) {
                entry.problems()
                        .add(
                                Code.W_MISSING_FILES,
                                entry.path(),
                                entry.value().at(),
                                "there is nothing at " + folder.resolve(pattern));
            }
            return matches.stream().map(match -> Path.of(match).normalize().toString()).toList();
        } catch (ItemFiles.UnusableException | InvalidPathException e) {
            entry.wrong(Code.E_BAD_VALUE, "a path or a pattern of files");
            return List.of();
        }
    }

    private static boolean below(Path path) {
        return !path.isAbsolute() && !path.startsWith("..") && !path.toString().isEmpty();
    }
}
