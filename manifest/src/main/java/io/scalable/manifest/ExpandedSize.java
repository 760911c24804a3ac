package io.scalable.manifest;

import java.util.IdentityHashMap;

/** How large a tree is once its shared parts are written out; counts each shared part once. */
final class ExpandedSize {

    /** Characters and values; beyond it aliases are a bomb rather than a convenience. */
    static final long LARGEST = 16_000_000;

    private final IdentityHashMap<Yaml, Long> known = new IdentityHashMap<>();

    static boolean tooLarge(Yaml root) {
        return new ExpandedSize().of(root) > LARGEST;
    }

    private long of(Yaml yaml) {
        Long before = known.get(yaml);
        if (before != null) {
            return before;
        }
        long size =
                switch (yaml) {
                    case Yaml.Scalar scalar -> 1 + scalar.text().length();
                    case Yaml.Items items -> 1 + items.values().stream().mapToLong(this::of).sum();
                    case Yaml.Fields fields ->
                            1
                                    + fields.entries().values().stream()
                                            .mapToLong(e -> e.key().length() + of(e.value()))
                                            .sum();
                };
        long capped = Math.min(size, LARGEST + 1);
        known.put(yaml, capped);
        return capped;
    }
}
