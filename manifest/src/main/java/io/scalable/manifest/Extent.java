package io.scalable.manifest;

import java.util.IdentityHashMap;
import java.util.List;

/**
 * How large and how deep a tree is once its shared parts (aliases) are written out.
 *
 * @param size characters and values
 * @param depth lists and maps within each other
 */
record Extent(long size, int depth) {

    /** Beyond it aliases are a bomb rather than a convenience. */
    private static final long LARGEST = 16_000_000;

    /** Whatever walks the tree may use recursion up to here. */
    private static final int DEEPEST = 200;

    static boolean isBomb(Yaml root) {
        Extent extent = new Measure().of(root);
        return extent.size > LARGEST || extent.depth > DEEPEST;
    }

    private static Extent around(int keys, List<Extent> parts) {
        long size = 1L + keys + parts.stream().mapToLong(Extent::size).sum();
        int depth = parts.stream().mapToInt(Extent::depth).max().orElse(0);
        return new Extent(Math.min(size, LARGEST + 1), depth + 1);
    }

    /** Measures each shared part once. */
    private static final class Measure {

        private final IdentityHashMap<Yaml, Extent> known = new IdentityHashMap<>();

        Extent of(Yaml yaml) {
            Extent before = known.get(yaml);
            if (before != null) {
                return before;
            }
            Extent extent =
                    switch (yaml) {
                        case Yaml.Scalar scalar -> new Extent(1L + scalar.text().length(), 0);
                        case Yaml.Items items -> around(0, all(items.values()));
                        case Yaml.Fields fields -> of(fields);
                    };
            known.put(yaml, extent);
            return extent;
        }

        private Extent of(Yaml.Fields fields) {
            int keys = fields.entries().keySet().stream().mapToInt(String::length).sum();
            return around(
                    keys, all(fields.entries().values().stream().map(Yaml.Entry::value).toList()));
        }

        private List<Extent> all(List<Yaml> values) {
            return values.stream().map(this::of).toList();
        }
    }
}
