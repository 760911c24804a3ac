package io.scalable.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where a remote worker keeps what it fetches. */
final class RemoteCache {

    private static final Set<PosixFilePermission> MINE =
            PosixFilePermissions.fromString("rwx------");

    private RemoteCache() {}

    /**
     * {@code <temporary>/scalable}, which the next worker finds again, as long as it is this user's
     * alone: code is run from it. Else a new folder.
     *
     * @throws IOException if there is no room for temporary files
     */
    static Path within(Path temporary) throws IOException {
        Path folder = temporary.resolve("scalable");
        try {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(MINE));
            }
            if (mine(folder)) {
                return folder;
            }
        } catch (IOException | UnsupportedOperationException e) {
            System.getLogger(RemoteCache.class.getName())
                    .log(System.Logger.Level.DEBUG, "no cache in " + folder, e);
        }
        return new TemporaryFolder(temporary).folder("scalable-");
    }

    private static boolean mine(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "probe-", "");
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder).equals(Files.getOwner(probe))
                    && Files.getPosixFilePermissions(folder).equals(MINE);
        } finally {
            Files.delete(probe);
        }
    }

    /** Deletes a folder and what is in it, as far as that can be done. */
    static void delete(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> all = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger(RemoteCache.class.getName())
                    .log(System.Logger.Level.DEBUG, "left behind: " + folder, e);
        }
    }
}
