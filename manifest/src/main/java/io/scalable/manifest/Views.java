package io.scalable.manifest;

import io.scalable.manifest.Yaml.Entry;
import io.scalable.manifest.Yaml.Fields;
import io.scalable.manifest.Yaml.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A manifest under each of its overlays. */
final class Views {

    private final Fields base;
    private final Map<String, Fields> overlays;

    private Views(Fields base, Map<String, Fields> overlays) {
        this.base = base;
        this.overlays = overlays;
    }

    static Views of(Fields root, Problems problems) {
        Map<String, Entry> rest = new LinkedHashMap<>(root.entries());
        Entry entry = rest.remove("overlays");
        Map<String, Fields> overlays = new LinkedHashMap<>();
        if (entry != null) {
            var field = new Field("overlays", "overlays", entry.at(), entry.value(), problems);
            for (Field overlay : field.section().entries()) {
                overlays.put(overlay.name(), content(overlay));
            }
        }
        return new Views(new Fields(rest, root.at()), overlays);
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
        return above != null && Overlays.merge(base, above) instanceof Fields merged
                ? merged
                : base;
    }

    /**
     * Every view that somebody may run: of each target, and under overlays that no target names.
     */
    List<Fields> all() {
        Set<String> named = new HashSet<>();
        boolean bare = targets().isEmpty();
        for (Entry target : targets().values()) {
            String overlay = overlayOf(target.value());
            bare |= overlay == null || !overlays.containsKey(overlay);
            if (overlay != null) {
                named.add(overlay);
            }
        }
        List<Fields> views = new ArrayList<>();
        if (bare || !named.containsAll(overlays.keySet())) {
            views.add(base);
        }
        overlays.keySet().forEach(name -> views.add(under(name)));
        return views;
    }

    private Map<String, Entry> targets() {
        return base.get("targets") instanceof Fields targets ? targets.entries() : Map.of();
    }

    private static @Nullable String overlayOf(Yaml target) {
        return target instanceof Fields fields && fields.get("overlay") instanceof Scalar overlay
                ? overlay.text()
                : null;
    }
}
