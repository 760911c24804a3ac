package io.scalable.client.host;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes zips whose bytes depend on nothing but the names, the contents and who may execute a file:
 * the same files make the same zip, on any day.
 */
final class StableZip {

    private static final FileTime ALWAYS = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));
    private static final Map<String, String> OPTIONS =
            Map.of("create", "true", "enablePosixFileAttributes", "true", "useTempFile", "true");

    private StableZip() {}

    /**
     * Writes {@code target}, which must not be there.
     *
     * @param files by their names within the zip
     */
    static void write(Path target, SortedMap<String, Path> files) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(target, OPTIONS)) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Path entry = zip.getPath(file.getKey());
                makeFolders(entry.getParent());
                Files.copy(file.getValue(), entry);
                boolean executable = Files.isExecutable(file.getValue());
                set(entry, executable ? "rwxr-xr-x" : "rw-r--r--");
            }
        }
    }

    private static void makeFolders(@Nullable Path folder) throws IOException {
        if (folder == null || Files.exists(folder)) {
            return;
        }
        makeFolders(folder.getParent());
        Files.createDirectory(folder);
        set(folder, "rwxr-xr-x");
    }

    private static void set(Path entry, String rights) throws IOException {
        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString(rights));
        Files.getFileAttributeView(entry, BasicFileAttributeView.class)
                .setTimes(ALWAYS, ALWAYS, ALWAYS);
    }
}
