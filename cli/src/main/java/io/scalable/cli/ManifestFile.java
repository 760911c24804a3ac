package io.scalable.cli;

import io.scalable.manifest.LoadedManifest;
import io.scalable.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the manifest that a command was given. */
final class ManifestFile {

    private ManifestFile() {}

    /**
     * The manifest at {@code file}.
     *
     * @throws UserException if there is none, or if it cannot be read
     */
    static LoadedManifest load(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new UserException(
                    "no manifest at " + file + "; name one, or run this where a scalable.yaml is");
        }
        if (Files.isDirectory(file)) {
            throw new UserException(file + " is a folder; name the manifest in it");
        }
        return Manifests.load(file.toAbsolutePath().normalize(), System.getenv());
    }
}
