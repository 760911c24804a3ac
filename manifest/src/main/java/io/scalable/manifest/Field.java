package io.scalable.manifest;

import io.scalable.contracts.Limits;
import io.scalable.manifest.Yaml.Kind;
import io.scalable.manifest.Yaml.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value at its place in the manifest. Reads it as what is wanted, or records a problem and gives
 * null.
 *
 * @param path such as {@code targets.local.max_workers}
 * @param name its key, for messages
 * @param keyAt where the key stands; the value's place for items of lists
 */
record Field(String path, String name, Position keyAt, Yaml value, Problems problems) {

    /** Records that the value is not what it must be. */
    void wrong(Code code, String wanted) {
        error(code, name + " must be " + wanted + ", found " + value.describe());
    }

    /** Records a problem at the value. */
    void error(Code code, String message) {
        problems.add(code, path, value.at(), message);
    }

    /** Records a problem at the key. */
    void keyError(Code code, String message) {
        problems.add(code, path, keyAt, message);
    }

    /** Any scalar but null, as written: {@code 7.0} is the text 7.0. */
    @Nullable String text(Code code, String wanted) {
        if (value instanceof Scalar scalar && !scalar.isNull()) {
            return scalar.text();
        }
        wrong(code, wanted);
        return null;
    }

    @Nullable String text() {
        return text(Code.E_BAD_VALUE, "a text");
    }

    /** An unquoted whole number of at least {@code least}. */
    @Nullable Integer integer(long least, Code code, String wanted) {
        BigDecimal number = number();
        if (number != null
                && ((Scalar) value).kind() == Kind.INTEGER
                && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            return number.intValueExact();
        }
        wrong(code, wanted);
        return null;
    }

    /** An unquoted whole number of the type's range. */
    @Nullable Integer integer(Type.Whole type, Code code) {
        Integer number = integer(type.least(), code, type.wanted());
        if (number != null && number > type.most()) {
            wrong(code, type.wanted());
            return null;
        }
        return number;
    }

    /** The exact number; null, and nothing recorded, for anything else. */
    @Nullable BigDecimal number() {
        return value instanceof Scalar scalar ? Numbers.decimal(scalar) : null;
    }

    @Nullable Boolean flag(Code code) {
        if (value instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN) {
            return scalar.text().equalsIgnoreCase("true");
        }
        wrong(code, "true or false (yes, no, on and off are words)");
        return null;
    }

    /** Seconds, above 0. */
    @Nullable Double duration(Code code) {
        Double seconds = value instanceof Scalar scalar ? Durations.seconds(scalar.text()) : null;
        if (seconds == null && value instanceof Scalar text && Durations.isTooLong(text.text())) {
            wrong(code, "at most " + (long) Limits.LONGEST_SECONDS + " seconds, ten years");
        } else if (seconds == null) {
            wrong(code, Durations.WANTED);
        }
        return seconds;
    }

    /** The list's values; none, after a problem, if it is no list. */
    List<Field> items(Code code, String wanted) {
        if (!(value instanceof Yaml.Items list)) {
            wrong(code, wanted);
            return List.of();
        }
        List<Field> fields = new ArrayList<>();
        for (Yaml item : list.values()) {
            int index = fields.size();
            fields.add(
                    new Field(
                            Paths.item(path, index),
                            Paths.item(name, index),
                            item.at(),
                            item,
                            problems));
        }
        return fields;
    }

    /** The map of names; an empty one for null and, after a problem, for what is no map. */
    Section section() {
        return section(null);
    }

    /** The same for a map of known keys. */
    Section section(@Nullable Shape shape) {
        if (value instanceof Yaml.Fields map) {
            return new Section(this, map, shape);
        }
        if (!value.isNull()) {
            wrong(Code.E_BAD_VALUE, "a map of keys and values");
        }
        return new Section(this, new Yaml.Fields(Map.of(), value.at()), shape);
    }
}
