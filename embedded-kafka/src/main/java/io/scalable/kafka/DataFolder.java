package io.scalable.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The folder of a broker's data: only its owner may look in. */
record DataFolder(Path path) {

    private static final String MARK = "meta.properties";

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

    /** Deletes the folder and all in it; a file that vanishes meanwhile is no error. */
    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // It is gone: just what was wanted.
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
