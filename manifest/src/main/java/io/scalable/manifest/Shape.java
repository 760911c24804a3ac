package io.scalable.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A map of the manifest with keys of its own: the one place that says which there are.
 *
 * @param name what the schema and the reference call it
 * @param keys by name, in the order to show
 * @param fewest keys that must be there
 * @param most keys that may be there
 * @param open true if others may be there too; they get a warning at most
 */
record Shape(String name, Map<String, Key> keys, int fewest, int most, boolean open) {

    static Shape of(String name, Key... keys) {
        return new Shape(name, byName(Stream.of(keys)), 0, Integer.MAX_VALUE, false);
    }

    /** Other keys may be there too. */
    static Shape open(String name, Key... keys) {
        return new Shape(name, byName(Stream.of(keys)), 0, Integer.MAX_VALUE, true);
    }

    /** Exactly one of the keys is there. */
    static Shape oneOf(String name, Key... keys) {
        return new Shape(name, byName(Stream.of(keys)), 1, 1, false);
    }

    /** The same under another name, with more keys, and open for others. */
    Shape with(String wider, List<Key> more) {
        Stream<Key> all = Stream.concat(keys.values().stream(), more.stream());
        return new Shape(wider, byName(all), fewest, most, true);
    }

    private static Map<String, Key> byName(Stream<Key> keys) {
        Map<String, Key> byName = new LinkedHashMap<>();
        keys.forEach(key -> byName.put(key.name(), key));
        return byName;
    }

    Set<String> names() {
        return keys.keySet();
    }

    @Nullable Key key(String key) {
        return keys.get(key);
    }
}
