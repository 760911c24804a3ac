package io.scalable.manifest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of the manifest that is being read. It remembers the keys that were asked for, so that all
 * others can be told as unknown. Used by one thread.
 */
final class Section {

    private final Field self;
    private final Yaml.Fields map;
    private final Set<String> known = new LinkedHashSet<>();

    Section(Field self, Yaml.Fields map) {
        this.self = self;
        this.map = map;
    }

    /** The field that holds this map. */
    Field self() {
        return self;
    }

    /** The value of {@code key}, be it null; null if the key is missing. */
    @Nullable Field field(String key) {
        known.add(key);
        Yaml.Entry entry = map.entries().get(key);
        return entry == null ? null : field(entry);
    }

    /** The value of {@code key}; null if the key is missing or nothing is written there. */
    @Nullable Field given(String key) {
        Field field = field(key);
        return field == null || field.value().isNull() ? null : field;
    }

    /** The value of {@code key}; a missing one is a problem, told as wanting {@code what}. */
    @Nullable Field required(String key, String what) {
        Field field = given(key);
        if (field == null) {
            self.keyError("E_MISSING_KEY", self.name() + " needs '" + key + "': " + what);
        }
        return field;
    }

    @Nullable String text(String key) {
        Field field = given(key);
        return field == null ? null : field.text();
    }

    /** The map under {@code key}; an empty one if it is missing. */
    Section section(String key) {
        Field field = given(key);
        return field == null ? emptySection(key) : field.section();
    }

    /** Every key with its value, for maps whose keys are names. */
    List<Field> entries() {
        known.addAll(map.entries().keySet());
        return map.entries().values().stream().map(this::field).toList();
    }

    Set<String> names() {
        return map.entries().keySet();
    }

    /** The keys nobody asked for. */
    List<Field> unread() {
        return map.entries().values().stream()
                .filter(entry -> !known.contains(entry.key()))
                .map(this::field)
                .toList();
    }

    /** Records every key nobody asked for as unknown. */
    void refuseUnread() {
        unread().forEach(field -> field.keyError("E_UNKNOWN_KEY", unknown("key", field)));
    }

    /** Says that {@code field}'s key is unknown, and which one may be meant. */
    String unknown(String what, Field field) {
        return "unknown " + what + " '" + field.name() + "'" + Nearest.hint(field.name(), known);
    }

    private Field field(Yaml.Entry entry) {
        String path = Paths.child(self.path(), entry.key());
        return new Field(path, entry.key(), entry.at(), entry.value(), self.problems());
    }

    private Section emptySection(String key) {
        var nothing = new Yaml.Scalar(Yaml.Kind.NULL, "", false, self.value().at());
        String path = Paths.child(self.path(), key);
        return new Field(path, key, self.keyAt(), nothing, self.problems()).section();
    }
}
