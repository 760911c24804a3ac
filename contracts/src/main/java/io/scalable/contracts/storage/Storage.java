package io.scalable.contracts.storage;

import java.io.IOException;
import java.net.URI;

/**
 * Where payloads too large for a topic go: a folder, later a bucket. Implementations are
 * thread-safe. An object is written whole or not at all; writing the same name again replaces it.
 */
public interface Storage {

    /** True if this storage serves {@code location}'s scheme. */
    boolean serves(URI location);

    /**
     * Writes {@code content} as {@code name} (slashes make folders) under {@code base} and returns
     * where it lies.
     *
     * @throws IOException if it cannot be written; the message names the place
     */
    URI put(URI base, String name, byte[] content) throws IOException;

    /**
     * Reads the whole object at {@code location}.
     *
     * @throws IOException if it is missing or cannot be read; the message names the place
     */
    byte[] get(URI location) throws IOException;

    /** Removes everything under {@code base}; nothing there is no error. */
    void deleteAll(URI base) throws IOException;
}
