package io.scalable.manifest;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A manifest whose text could be read, not yet for a certain target. */
public final class Manifest {

    private final String file;
    private final Path folder;
    private final Views views;
    private final Variables variables;
    private final Machine machine;
    private final List<Problem> always;

    /**
     * @param always problems of the text itself, whichever target is meant
     */
    Manifest(
            String file,
            Path folder,
            Views views,
            Variables variables,
            Machine machine,
            List<Problem> always) {
        this.file = file;
        this.folder = folder;
        this.views = views;
        this.variables = variables;
        this.machine = machine;
        this.always = always;
    }

    /** Names of the targets, in the order written. */
    public List<String> targetNames() {
        return List.copyOf(views.providers(null).keySet());
    }

    /** The same with the overlay that the target names, if any. */
    public ResolvedManifest resolve(@Nullable String targetName, Map<String, String> env) {
        return resolve(targetName, null, env);
    }

    /**
     * The manifest for one target. What is wrong with other targets does not matter.
     *
     * @param targetName the target; null takes the first Slurm target when inside a Slurm job, else
     *     {@code local}, else the first
     * @param overlayName the overlay; null takes the one that the target names, if any
     * @param env the environment, which tells of a Slurm job by {@code SLURM_JOB_ID}
     * @throws ManifestException if there is no such target or overlay, or if anything that the
     *     target uses is wrong
     */
    public ResolvedManifest resolve(
            @Nullable String targetName, @Nullable String overlayName, Map<String, String> env) {
        Problems problems = new Problems(file, always);
        String name = targetName == null ? choose(overlayName, env).orElse(null) : targetName;
        if (name == null) {
            problems.add(
                    Code.E_UNKNOWN_TARGET,
                    "targets",
                    place("targets"),
                    "the manifest has no targets; add: targets: {local: {provider: local}}");
        }
        if (name == null || !isKnown(name, overlayName, problems)) {
            throw new ManifestException(problems.all());
        }
        String overlay = overlayName == null ? views.overlayOf(name) : overlayName;
        Yaml.Fields view = substituted(overlay, Set.of(name), problems);
        Document document = read(view, Set.of(name), problems);
        Target target = document.targets().get(name);
        if (problems.hasErrors() || target == null) {
            throw new ManifestException(problems.all());
        }
        return new ResolvedManifest(
                document, target, folder, CanonicalContent.of(view), problems.all());
    }

    /**
     * What is wrong as far as one target is concerned, in the order of the file.
     *
     * @param targetName the target; null means all
     * @param overlayName the overlay to lay over; null takes the ones that the targets name
     */
    List<Problem> problems(@Nullable String targetName, @Nullable String overlayName) {
        Problems problems = new Problems(file, always);
        if (!isKnown(targetName, overlayName, problems)) {
            return problems.all();
        }
        if (targetName == null && overlayName == null) {
            views.all().forEach((overlay, names) -> check(overlay.orElse(null), names, problems));
        } else if (targetName == null) {
            check(overlayName, views.providers(overlayName).keySet(), problems);
        } else {
            String overlay = overlayName == null ? views.overlayOf(targetName) : overlayName;
            check(overlay, Set.of(targetName), problems);
        }
        return problems.all();
    }

    private void check(@Nullable String overlay, Set<String> targets, Problems problems) {
        Document _ = read(substituted(overlay, targets, problems), targets, problems);
    }

    private Yaml.Fields substituted(
            @Nullable String overlay, Set<String> targets, Problems problems) {
        return Substitution.of(views.under(overlay), targets::contains, variables, problems);
    }

    private Document read(Yaml.Fields view, Set<String> targets, Problems problems) {
        return Document.read(view, targets, views.overlays(), folder, machine, problems);
    }

    private boolean isKnown(@Nullable String target, @Nullable String overlay, Problems problems) {
        boolean overlayKnown = overlay == null || views.overlays().contains(overlay);
        if (overlay != null && !overlayKnown) {
            String message = unknown("overlay", overlay, views.overlays());
            problems.add(Code.E_UNKNOWN_OVERLAY, "overlays", Position.START, message);
        }
        Set<String> targets = views.providers(overlay).keySet();
        boolean targetKnown = target == null || targets.contains(target);
        if (target != null && !targetKnown) {
            String message = unknown("target", target, targets);
            problems.add(Code.E_UNKNOWN_TARGET, "targets", place("targets"), message);
        }
        return overlayKnown && targetKnown;
    }

    private Position place(String key) {
        Yaml.Entry entry = views.under(null).entries().get(key);
        return entry == null ? Position.START : entry.at();
    }

    private Optional<String> choose(@Nullable String overlay, Map<String, String> env) {
        Map<String, String> providers = views.providers(overlay);
        boolean inSlurmJob = !env.getOrDefault("SLURM_JOB_ID", "").isEmpty();
        return providers.keySet().stream()
                .filter(name -> inSlurmJob && "slurm".equals(providers.get(name)))
                .findFirst()
                .or(() -> Optional.of("local").filter(providers::containsKey))
                .or(() -> providers.keySet().stream().findFirst());
    }

    private static String unknown(String what, String name, Collection<String> known) {
        return "unknown "
                + what
                + " '"
                + name
                + "'"
                + (known.isEmpty()
                        ? "; the manifest has no " + what + "s"
                        : Nearest.hint(name, known));
    }
}
