package io.scalable.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of reading a manifest: the problems of all its targets, and the manifest if none of
 * them is an error. A single target can be used although others have errors.
 */
public final class LoadedManifest {

    private final List<Problem> problems;
    private final @Nullable Manifest manifest;

    /**
     * @param manifest null if the text could not be read
     */
    LoadedManifest(List<Problem> problems, @Nullable Manifest manifest) {
        this.problems = List.copyOf(problems);
        this.manifest = manifest;
    }

    /** Errors and warnings of all targets, in the order of the file. */
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
        return problems.stream().noneMatch(Problem::isError);
    }

    /** The manifest; empty if there are errors. */
    public Optional<Manifest> manifest() {
        return ok() ? Optional.ofNullable(manifest) : Optional.empty();
    }

    /**
     * The manifest.
     *
     * @throws ManifestException if there are errors; it lists all problems
     */
    public Manifest orThrow() {
        return manifest().orElseThrow(() -> new ManifestException(problems));
    }

    /**
     * Errors and warnings as far as they concern one target, in the order of the file. An unknown
     * target or overlay is such an error.
     *
     * @param target the target; null means all
     * @param overlay the overlay; null takes the one that each target names
     */
    public List<Problem> problems(@Nullable String target, @Nullable String overlay) {
        return manifest == null || target == null && overlay == null
                ? problems
                : manifest.problems(target, overlay);
    }

    /**
     * The manifest for one target, see {@link Manifest#resolve(String, String, Map)}.
     *
     * @throws ManifestException if something that the target uses is wrong; it lists all of it
     */
    public ResolvedManifest resolve(
            @Nullable String target, @Nullable String overlay, Map<String, String> env) {
        if (manifest == null) {
            throw new ManifestException(problems);
        }
        return manifest.resolve(target, overlay, env);
    }
}
