package io.scalable.manifest;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of the manifest that is being read. Its shape, if it has one, says which keys there are.
 */
final class Section {

    private final Field self;
    private final Yaml.Fields map;
    private final @Nullable Shape shape;

    /**
     * @param shape the keys that are known; null for a map whose keys are names
     */
    Section(Field self, Yaml.Fields map, @Nullable Shape shape) {
        this.self = self;
        this.map = map;
        this.shape = shape;
    }

    /** The same map, with other keys known. */
    Section as(Shape other) {
        return new Section(self, map, other);
    }

    /** The field that holds this map. */
    Field self() {
        return self;
    }

    /** The value of {@code key}, be it null; null if the key is missing. */
    @Nullable Field field(String key) {
        if (shape != null && shape.key(key) == null) {
            throw new IllegalArgumentException(shape.name() + " has no key " + key);
        }
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
            self.keyError(Code.E_MISSING_KEY, self.name() + " needs '" + key + "': " + what);
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
        return (field == null ? nothing(key) : field).section(shapeOf(key));
    }

    private @Nullable Shape shapeOf(String key) {
        Key known = shape == null ? null : shape.key(key);
        return known != null && known.type() instanceof Type.Fixed fixed ? fixed.shape() : null;
    }

    /** Every key with its value, for maps whose keys are names. */
    List<Field> entries() {
        return map.entries().values().stream().map(this::field).toList();
    }

    Set<String> names() {
        return map.entries().keySet();
    }

    /** The keys that the shape does not have; none without a shape. */
    List<Field> unknown() {
        return map.entries().values().stream()
                .filter(entry -> shape != null && shape.key(entry.key()) == null)
                .map(this::field)
                .toList();
    }

    /** Records every key that the shape does not have. */
    void refuseUnknown() {
        unknown().forEach(field -> field.keyError(Code.E_UNKNOWN_KEY, tellUnknown("key", field)));
    }

    /** Says that {@code field}'s key is unknown, and which one may be meant. */
    String tellUnknown(String what, Field field) {
        return "unknown "
                + what
                + " '"
                + field.name()
                + "'"
                + Nearest.hint(field.name(), shape == null ? Set.of() : shape.names());
    }

    private Field field(Yaml.Entry entry) {
        String path = Paths.child(self.path(), entry.key());
        return new Field(path, entry.key(), entry.at(), entry.value(), self.problems());
    }

    private Field nothing(String key) {
        var nothing = new Yaml.Scalar(Yaml.Kind.NULL, "", false, self.value().at());
        String path = Paths.child(self.path(), key);
        return new Field(path, key, self.keyAt(), nothing, self.problems());
    }
}
