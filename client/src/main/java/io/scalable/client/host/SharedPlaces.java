package io.scalable.client.host;

import io.scalable.manifest.ResolvedManifest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Folders that workers on other machines see as well: below the project's {@code default_storage}
 * where that is a folder, else beside the runs.
 */
public final class SharedPlaces {

    private final Optional<Path> base;
    private final Path runs;

    private SharedPlaces(Optional<Path> base, Path runs) {
        this.base = base;
        this.runs = runs;
    }

    /**
     * The places of a manifest's runs.
     *
     * @param runs the folder of runs
     */
    public static SharedPlaces of(ResolvedManifest manifest, Path runs) {
        return new SharedPlaces(
                manifest.defaultStorage().flatMap(text -> folder(manifest.directory(), text)),
                runs.toAbsolutePath().normalize());
    }

    /** Where one run keeps its large payloads and its tasks' logs. */
    public URI storage(String runId) {
        return base.map(folder -> folder.resolve(runId))
                .orElseGet(() -> runs.resolve(runId).resolve("storage"))
                .toUri();
    }

    /** What workers on other machines need of every run: their Java and their jars. */
    public Path shared() {
        return base.orElseGet(() -> runs.toAbsolutePath().getParent()).resolve("shared");
    }

    /** What a person should know: a storage that cannot be had. */
    public static Optional<String> warning(ResolvedManifest manifest) {
        return manifest.defaultStorage()
                .filter(text -> folder(manifest.directory(), text).isEmpty())
                .map(
                        text ->
                                "project.default_storage: only folders are used so far, found "
                                        + text
                                        + "; results go to the run's folder");
    }

    private static Optional<Path> folder(Path directory, String text) {
        if (text.startsWith("file:")) {
            return Optional.of(Path.of(URI.create(text)));
        }
        return text.contains("://")
                ? Optional.empty()
                : Optional.of(directory.resolve(text).normalize());
    }
}
