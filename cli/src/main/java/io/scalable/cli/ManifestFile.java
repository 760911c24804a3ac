package io.scalable.cli;

import io.scalable.manifest.LoadedManifest;
import io.scalable.manifest.Manifests;
import io.scalable.contracts.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the manifest that a command was given. */
final class ManifestFile {

    private ManifestFile() {}

    /**
     * The manifest at {@code file}.
     *
     * @throws UsageException if there is none, or if it cannot be read
     */
    static LoadedManifest load(Path file) {
        if (!Files.exists(file)) {
            throw new UsageException(
                    "no manifest at " + file + "; name one, or run this where a scalable.yaml is");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder; name the manifest in it");
        }
        try {
            return Manifests.load(file.toAbsolutePath().normalize(), System.getenv());
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + FileProblem.reason(e));
        }
    }
}
