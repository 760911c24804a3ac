package io.scalable.worker;

import io.scalable.contracts.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whoever started the process that the worker takes leases.
 *
 * @param file exists once it does
 */
record ReadyMarker(Path file) {

    private static final String CONFIG = ".json";

    /** {@code x.ready} beside the configuration {@code x.json}. */
    static ReadyMarker beside(Path config) {
        String name = config.toAbsolutePath().getFileName().toString();
        String stem =
                name.endsWith(CONFIG) ? name.substring(0, name.length() - CONFIG.length()) : name;
        return new ReadyMarker(config.toAbsolutePath().resolveSibling(stem + ".ready"));
    }

    void make() {
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + file + ": " + FileProblem.reason(e), e);
        }
    }
}
