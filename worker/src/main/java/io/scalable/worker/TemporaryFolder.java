package io.scalable.worker;

import io.scalable.contracts.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the worker's temporary files go.
 *
 * @param path a folder; that it can be written is seen when it is
 */
record TemporaryFolder(Path path) {

    private static final String VARIABLE = "TMPDIR";
    private static final String PROPERTY = "java.io.tmpdir";
    private static final String JAVAS_OWN = "/tmp";

    /** The folder that this process was given. */
    static TemporaryFolder here() {
        return of(System.getenv(), System.getProperty(PROPERTY));
    }

    /** What Java was told; where it was told nothing, {@code TMPDIR}, which Java does not read. */
    static TemporaryFolder of(Map<String, String> environment, @Nullable String property) {
        String given = environment.getOrDefault(VARIABLE, "");
        boolean told = property != null && !property.equals(JAVAS_OWN);
        if (told || given.isEmpty()) {
            return new TemporaryFolder(Path.of(property == null ? JAVAS_OWN : property));
        }
        return new TemporaryFolder(Path.of(given));
    }

    /**
     * A new file with what {@code content} writes into it.
     *
     * @throws TaskFault if it cannot be written, which is the machine's fault; the message names
     *     the folder
     */
    Path file(String prefix, Content content) throws TaskFault {
        Path file = null;
        try {
            file = Files.createTempFile(path, prefix, "");
            content.write(file);
            return file;
        } catch (IOException e) {
            delete(file);
            throw TaskFault.machine("no temporary file", unusable(e));
        }
    }

    /**
     * A new folder within.
     *
     * @throws IOException if it cannot be made; the message names the folder
     */
    Path folder(String prefix) throws IOException {
        try {
            return Files.createTempDirectory(path, prefix);
        } catch (IOException e) {
            throw new IOException(unusable(e), e);
        }
    }

    private String unusable(IOException why) {
        return "cannot write temporary files into "
                + path
                + " on "
                + HostName.get()
                + ": "
                + FileProblem.reason(why)
                + "; make room there, or set TMPDIR to a folder that can be written";
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger(TemporaryFolder.class.getName())
                    .log(System.Logger.Level.DEBUG, "left behind: " + file, e);
        }
    }

    /** Writes a file. */
    @FunctionalInterface
    interface Content {
        void write(Path file) throws IOException;
    }
}
