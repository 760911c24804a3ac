package io.scalable.worker;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Unpacks zips: files, folders, and who may execute a file. Nothing leaves the folder. */
final class Unzip {

    private Unzip() {}

    /**
     * Unpacks {@code zip} into {@code folder}.
     *
     * @throws IOException if it is no zip, an entry leads elsewhere, or there is no room
     */
    static void into(Path zip, Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        try (FileSystem entries =
                FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"))) {
            Path top = entries.getPath("/");
            List<Path> all;
            try (Stream<Path> walk = Files.walk(top)) {
                all = walk.toList();
            }
            for (Path entry : all) {
                copy(entry, within(root, top.relativize(entry).toString()));
            }
        } catch (RuntimeException e) {
            throw new IOException("it is no zip that can be read: " + e, e);
        }
    }

    /** Where the entry called {@code name} goes. */
    static Path within(Path root, String name) throws IOException {
        Path target = root.resolve(name).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("its entry '" + name + "' leads out of the folder");
        }
        return target;
    }

    private static void copy(Path entry, Path target) throws IOException {
        if (Files.isDirectory(entry)) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        Files.copy(entry, target);
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(entry);
        if (rights.contains(PosixFilePermission.OWNER_EXECUTE)) {
            boolean unused = target.toFile().setExecutable(true, true);
        }
    }
}
