package io.scalable.manifest;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A manifest without errors, not yet for a certain target. */
public final class Manifest {

    private final String file;
    private final Path folder;
    private final Views views;
    private final Map<String, Target> targets;

    Manifest(String file, Path folder, Views views) {
        this.file = file;
        this.folder = folder;
        this.views = views;
        this.targets = Document.targets(views.under(null), views.overlays(), file);
    }

    /** Names of the targets, in the order written. */
    public List<String> targetNames() {
        return List.copyOf(targets.keySet());
    }

    /** The same with the overlay that the target names, if any. */
    public ResolvedManifest resolve(@Nullable String targetName, Map<String, String> env) {
        return resolve(targetName, null, env);
    }

    /**
     * The manifest for one target.
     *
     * @param targetName the target; null takes the first Slurm target when inside a Slurm job, else
     *     {@code local}, else the first
     * @param overlayName the overlay; null takes the one that the target names, if any
     * @param env the environment, which tells of a Slurm job by {@code SLURM_JOB_ID}
     * @throws ManifestException if there is no such target or overlay, or if files named by {@code
     *     foreach} have changed for the worse since the manifest was loaded
     */
    public ResolvedManifest resolve(
            @Nullable String targetName, @Nullable String overlayName, Map<String, String> env) {
        var problems = new Problems(file);
        Target chosen = choose(targetName, env).orElse(null);
        if (chosen == null) {
            String message =
                    targetName == null
                            ? "the manifest has no targets; add: targets: {local: {provider:"
                                    + " local}}"
                            : unknown("target", targetName, targets.keySet());
            throw refusal(problems, "E_UNKNOWN_TARGET", "targets", message);
        }
        String overlay = overlayName == null ? chosen.overlay() : overlayName;
        if (overlay != null && !views.overlays().contains(overlay)) {
            String message = unknown("overlay", overlay, views.overlays());
            throw refusal(problems, "E_UNKNOWN_OVERLAY", "overlays", message);
        }
        Yaml.Fields view = views.under(overlay);
        Document document = Document.read(view, views.overlays(), folder, problems);
        Target target = document.targets().get(chosen.name());
        if (problems.hasErrors() || target == null) {
            throw new ManifestException(problems.all());
        }
        return new ResolvedManifest(document, target, folder, YamlJson.of(view));
    }

    private Optional<Target> choose(@Nullable String name, Map<String, String> env) {
        if (name != null) {
            return Optional.ofNullable(targets.get(name));
        }
        boolean inSlurmJob = !env.getOrDefault("SLURM_JOB_ID", "").isEmpty();
        Optional<Target> slurm =
                targets.values().stream()
                        .filter(target -> inSlurmJob && target.provider().equals(Providers.SLURM))
                        .findFirst();
        return slurm.or(() -> Optional.ofNullable(targets.get("local")))
                .or(() -> targets.values().stream().findFirst());
    }

    private static String unknown(String what, String name, Collection<String> known) {
        return "unknown " + what + " '" + name + "'" + Nearest.hint(name, known);
    }

    private static ManifestException refusal(
            Problems problems, String code, String path, String message) {
        problems.error(code, path, Position.START, message);
        return new ManifestException(problems.all());
    }
}
