package io.scalable.contracts.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/**
 * Where payloads too large for a topic go, and what remote workers start from: a folder or a
 * bucket. Implementations are thread-safe. An object is written whole or not at all; writing the
 * same name again replaces it. Every {@link IOException} names the place, what is wrong and, where
 * there is something, what to do.
 */
public interface Storage {

    /** True if this storage serves {@code location}'s scheme. */
    boolean serves(URI location);

    /**
     * Writes {@code content} as {@code name} (slashes make folders) under {@code base} and returns
     * where it lies.
     *
     * @throws IOException if it cannot be written
     */
    URI put(URI base, String name, byte[] content) throws IOException;

    /**
     * Writes a whole file, of any size, as {@code name} under {@code base} and returns where it
     * lies.
     *
     * @throws IOException if it cannot be read or written
     */
    URI put(URI base, String name, Path file) throws IOException;

    /**
     * Reads the whole object at {@code location}.
     *
     * @throws IOException if it is missing or cannot be read
     */
    byte[] get(URI location) throws IOException;

    /**
     * Copies the whole object at {@code location}, of any size, to a file that is replaced if it is
     * there. After an error the file may hold a part.
     *
     * @throws IOException if it is missing or cannot be read
     */
    void get(URI location, Path file) throws IOException;

    /**
     * True if there is an object at {@code location}. False also where a bucket does not let this
     * caller look.
     *
     * @throws IOException if it cannot be told
     */
    boolean exists(URI location) throws IOException;

    /**
     * Removes the object at {@code location}; nothing there is no error.
     *
     * @throws IOException if it cannot be removed
     */
    void delete(URI location) throws IOException;

    /**
     * Removes everything under {@code base}; nothing there is no error.
     *
     * @throws IOException if something cannot be removed
     */
    void deleteAll(URI base) throws IOException;

    /**
     * Looks whether objects can be written and read under {@code base}, by doing both. It leaves
     * nothing behind, but for an object of a few bytes where the caller may not delete.
     *
     * @throws IOException if not
     */
    default void check(URI base) throws IOException {
        byte[] words = "reached".getBytes(StandardCharsets.UTF_8);
        URI probe = put(base, ".check/" + UUID.randomUUID(), words);
        if (!Arrays.equals(get(probe), words)) {
            throw new IOException(probe + " does not read as it was written");
        }
        try {
            delete(probe);
        } catch (IOException e) {
            // Whoever writes and reads there need not have the right to delete.
            System.getLogger(Storage.class.getName()).log(Level.DEBUG, "left behind: " + probe, e);
        }
    }

    /** The size of {@code file} in bytes, or an {@link IOException} that says what is missing. */
    static long size(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file + " to store");
        }
        return Files.size(file);
    }
}
