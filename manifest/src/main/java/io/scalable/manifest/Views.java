package io.scalable.manifest;

import io.scalable.manifest.Yaml.Entry;
import io.scalable.manifest.Yaml.Fields;
import io.scalable.manifest.Yaml.Scalar;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A manifest under each of its overlays, variables not yet replaced. */
final class Views {

    private final Fields base;
    private final Map<String, Fields> overlays;
    private final Fields settings;
    private final Variables variables;

    private Views(Fields base, Map<String, Fields> overlays, Fields settings, Variables variables) {
        this.base = merged(base, settings);
        this.settings = settings;
        this.overlays = overlays;
        this.variables = variables;
    }

    /**
     * @param settings laid over the manifest, and over each overlay
     */
    static Views of(Fields root, Fields settings, Variables variables, Problems problems) {
        Map<String, Entry> rest = new LinkedHashMap<>(root.entries());
        Entry entry = rest.remove("overlays");
        Map<String, Fields> overlays = new LinkedHashMap<>();
        if (entry != null) {
            var field = new Field("overlays", "overlays", entry.at(), entry.value(), problems);
            for (Field overlay : field.section().entries()) {
                overlays.put(overlay.name(), content(overlay));
            }
        }
        return new Views(new Fields(rest, root.at()), overlays, settings, variables);
    }

    private static Fields content(Field overlay) {
        Section section = overlay.section();
        return overlay.value() instanceof Fields fields
                ? fields
                : new Fields(Map.of(), section.self().value().at());
    }

    Set<String> overlays() {
        return overlays.keySet();
    }

    /** The manifest with the overlay laid over it; as it stands for null and for unknown ones. */
    Fields under(@Nullable String overlay) {
        Fields above = overlay == null ? null : overlays.get(overlay);
        return above == null ? base : merged(merged(base, above), settings);
    }

    private static Fields merged(Fields below, Fields above) {
        return above.entries().isEmpty() || !(Overlays.merge(below, above) instanceof Fields merged)
                ? below
                : merged;
    }

    /** The names of the targets under an overlay, in the order written, with their providers. */
    Map<String, String> providers(@Nullable String overlay) {
        Map<String, String> providers = new LinkedHashMap<>();
        if (under(overlay).get("targets") instanceof Fields targets) {
            targets.entries()
                    .forEach(
                            (name, target) ->
                                    providers.put(
                                            name, text(target.value(), "provider").orElse("")));
        }
        return providers;
    }

    /** The overlay that the target names, if there is such an overlay. */
    @Nullable String overlayOf(String target) {
        return base.get("targets") instanceof Fields targets
                ? text(targets.get(target), "overlay").filter(overlays::containsKey).orElse(null)
                : null;
    }

    /**
     * Every view that somebody may run, with the targets that are of interest there: each target
     * under its own overlay, and all of them under overlays that no target names.
     */
    Map<Optional<String>, Set<String>> all() {
        Map<Optional<String>, Set<String>> views = new LinkedHashMap<>();
        Set<String> targets = providers(null).keySet();
        if (targets.isEmpty()) {
            views.put(Optional.empty(), Set.of());
        }
        for (String target : targets) {
            views.computeIfAbsent(
                            Optional.ofNullable(overlayOf(target)), _ -> new LinkedHashSet<>())
                    .add(target);
        }
        for (String overlay : overlays.keySet()) {
            Set<String> under = providers(overlay).keySet();
            Set<String> known = views.putIfAbsent(Optional.of(overlay), under);
            if (known != null) {
                under.stream().filter(name -> !targets.contains(name)).forEach(known::add);
            }
        }
        return views;
    }

    private Optional<String> text(@Nullable Yaml map, String key) {
        return map instanceof Fields fields && fields.get(key) instanceof Scalar scalar
                ? Optional.of(variables.replace(scalar.text(), _ -> {}))
                : Optional.empty();
    }
}
