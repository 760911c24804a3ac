package io.scalable.manifest;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of reading a manifest: its problems, and the manifest if none of them is an error.
 */
public final class LoadedManifest {

    private final List<Problem> problems;
    private final @Nullable Manifest manifest;

    LoadedManifest(List<Problem> problems, @Nullable Manifest manifest) {
        this.problems = List.copyOf(problems);
        this.manifest = manifest;
    }

    /** Errors and warnings, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    public List<Problem> errors() {
        return problems.stream().filter(Problem::isError).toList();
    }

    public List<Problem> warnings() {
        return problems.stream().filter(p -> !p.isError()).toList();
    }

    /** True without errors; warnings may be there. */
    public boolean ok() {
        return manifest != null;
    }

    /** The manifest; empty if there are errors. */
    public Optional<Manifest> manifest() {
        return Optional.ofNullable(manifest);
    }

    /**
     * The manifest.
     *
     * @throws ManifestException if there are errors; it lists all problems
     */
    public Manifest orThrow() {
        if (manifest == null) {
            throw new ManifestException(problems);
        }
        return manifest;
    }
}
