package io.scalable.manifest;

import io.scalable.manifest.Yaml.Entry;
import io.scalable.manifest.Yaml.Fields;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lays one part of a manifest over another: maps merge deeply, lists and scalars replace. */
final class Overlays {

    private Overlays() {}

    /** Keys keep their order; new ones follow. Every value keeps the place where it was written. */
    static Yaml merge(Yaml base, Yaml overlay) {
        if (!(base instanceof Fields below && overlay instanceof Fields above)) {
            return overlay;
        }
        Map<String, Entry> merged = new LinkedHashMap<>(below.entries());
        above.entries()
                .forEach(
                        (key, entry) ->
                                merged.merge(
                                        key,
                                        entry,
                                        (lower, upper) ->
                                                new Entry(
                                                        key,
                                                        upper.at(),
                                                        merge(lower.value(), upper.value()))));
        return new Fields(merged, below.at());
    }
}
