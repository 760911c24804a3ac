package io.scalable.cli;

import io.scalable.contracts.FileProblem;
import io.scalable.manifest.LoadedManifest;
import io.scalable.manifest.Manifests;
import io.scalable.manifest.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the manifest that a command was given. */
final class ManifestFile {

    private ManifestFile() {}

    /**
     * The manifest at {@code file}.
     *
     * @param set what is laid over it, {@code KEY=VALUE} each
     * @throws UsageException if there is none, or if it cannot be read
     */
    static LoadedManifest load(Path file, List<String> set) {
        if (!Files.exists(file)) {
            throw new UsageException(
                    "no manifest at " + file + "; name one, or run this where a scalable.yaml is");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder; name the manifest in it");
        }
        try {
            Path absolute = file.toAbsolutePath().normalize();
            Path folder = absolute.getParent();
            return Manifests.load(
                    absolute, folder == null ? absolute : folder, System.getenv(), settings(set));
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + FileProblem.reason(e));
        }
    }

    /** What {@code --set} says. */
    static Settings settings(List<String> set) {
        try {
            return Settings.of(set);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--set: " + e.getMessage());
        }
    }
}
