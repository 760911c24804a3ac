package io.scalable.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Java's ahead-of-time cache that {@code dev/aot} makes beside the jar: worker processes start
 * faster with it.
 */
final class StartCache {

    private StartCache() {}

    /** The cache of the jar that this JVM runs; empty where there is none, or the jar is newer. */
    static Optional<Path> find() {
        Path jar = Path.of(System.getProperty("java.class.path", "")).toAbsolutePath();
        Path cache = jar.resolveSibling("scalable.aot");
        return newer(cache, jar) ? Optional.of(cache) : Optional.empty();
    }

    private static boolean newer(Path cache, Path jar) {
        // A comma would end the option where it is handed on.
        return !cache.toString().contains(",")
                && Files.isRegularFile(cache)
                && Files.isRegularFile(jar)
                && cache.toFile().lastModified() >= jar.toFile().lastModified();
    }
}
