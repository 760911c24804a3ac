package io.scalable.manifest;

import io.scalable.contracts.Limits;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The manifest's {@code project}.
 *
 * @param name history is kept by it
 * @param defaultStorage where results go unless told otherwise; a URI or a path
 * @param localCache a folder for caches
 * @param files files and folders that tasks need, relative to the manifest, sorted
 */
record Project(
        String name,
        @Nullable String defaultStorage,
        @Nullable String localCache,
        List<String> files) {

    static Project read(Section section, Path folder) {
        String name = section.text("name");
        if (name != null && name.isBlank()) {
            section.self().error(Code.E_BAD_VALUE, "name must be a text that is not blank");
        }
        if (name != null && name.length() > Limits.NAME_CHARS) {
            section.self()
                    .error(
                            Code.E_BAD_VALUE,
                            "name has %d characters, at most %d are taken"
                                    .formatted(name.length(), Limits.NAME_CHARS));
        }
        var project =
                new Project(
                        name == null ? folderName(folder) : name.strip(),
                        section.text("default_storage"),
                        section.text("local_cache"),
                        new ProjectFiles(folder).read(section.given("files")));
        section.refuseUnknown();
        return project;
    }

    private static String folderName(Path folder) {
        Path last = folder.getFileName();
        return last == null ? "project" : last.toString();
    }
}
