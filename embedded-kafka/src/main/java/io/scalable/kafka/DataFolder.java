package io.scalable.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** The folder of a broker's data: only its owner may look in. */
record DataFolder(Path path) {

    private static final String MARK = "meta.properties";

    /** How often a folder is looked through before it is left. */
    private static final int DELETIONS = 20;

    private static final Duration BETWEEN_DELETIONS = Duration.ofMillis(100);

    /** True if a broker has lived here. */
    boolean formatted() {
        return Files.exists(path.resolve(MARK));
    }

    /** Makes the folder, if it is missing, with {@code credentials} as its one user. */
    void format(Credentials credentials) throws IOException {
        Files.createDirectories(path, ownerOnly());
        var formatter =
                new Formatter()
                        .setPrintStream(silence())
                        .setClusterId(Uuid.randomUuid().toString())
                        .setNodeId(BrokerProperties.NODE_ID)
                        .setControllerListenerName(Listeners.CONTROLLER)
                        .setDirectories(List.of(path.toString()))
                        .setMetadataLogDirectory(path.toString())
                        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                        .setScramArguments(List.of(credentials.scramRecord()));
        try {
            formatter.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot prepare " + path + " for the broker", e);
        }
    }

    /**
     * Deletes the folder and all in it. Files that vanish meanwhile are no error, and what a thread
     * of the broker still writes after its end is deleted, too.
     *
     * @throws IOException if something is still there after {@value #DELETIONS} looks
     */
    void delete() throws IOException {
        for (int look = 1; Files.exists(path); look++) {
            try {
                Files.walkFileTree(path, new Deletion());
            } catch (DirectoryNotEmptyException e) {
                if (look == DELETIONS) {
                    throw new IOException("something still writes into it", e);
                }
                LockSupport.parkNanos(BETWEEN_DELETIONS.toNanos());
            }
        }
    }

    /** Deletes what it visits. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
                throws IOException {
            if (e != null && !(e instanceof NoSuchFileException)) {
                throw e;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static PrintStream silence() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
