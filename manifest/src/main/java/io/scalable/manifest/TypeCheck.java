package io.scalable.manifest;

import io.scalable.manifest.Type.AnyOf;
import io.scalable.manifest.Type.Anything;
import io.scalable.manifest.Type.Bytes;
import io.scalable.manifest.Type.Decimal;
import io.scalable.manifest.Type.Fixed;
import io.scalable.manifest.Type.Flag;
import io.scalable.manifest.Type.ListOf;
import io.scalable.manifest.Type.MapOf;
import io.scalable.manifest.Type.OneOrMany;
import io.scalable.manifest.Type.Text;
import io.scalable.manifest.Type.Time;
import io.scalable.manifest.Type.Whole;
import io.scalable.manifest.Type.Word;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Checks values that are passed on rather than read: options of providers. */
final class TypeCheck {

    private static final Code CODE = Code.E_BAD_VALUE;

    private TypeCheck() {}

    /** Records a problem for each part of the value that the type does not allow. */
    static void check(Field field, Type type) {
        switch (type) {
            case Text text -> text(field, text);
            case Word word -> word(field, word);
            case Whole whole -> require(field, isWhole(field, whole), whole);
            case Decimal decimal -> require(field, isWithin(field.number(), decimal), decimal);
            case Flag _ -> {
                Boolean _ = field.flag(CODE);
            }
            case Bytes bytes -> require(field, memory(field) > 0, bytes);
            case Time _ -> {
                Double _ = field.duration(CODE);
            }
            case ListOf list ->
                    field.items(CODE, list.wanted()).forEach(item -> check(item, list.item()));
            case OneOrMany many -> {
                if (field.value() instanceof Yaml.Items) {
                    field.items(CODE, many.wanted()).forEach(item -> check(item, many.item()));
                } else {
                    check(field, many.item());
                }
            }
            case MapOf map -> map(field, map);
            case Fixed fixed -> section(field.section(fixed.shape()), fixed.shape());
            case AnyOf any -> check(field, Kinds.pick(any, field.value()));
            case Anything _ -> {}
        }
    }

    private static void section(Section section, Shape shape) {
        for (Key key : shape.keys().values()) {
            Field value = section.given(key.name());
            if (value != null) {
                check(value, key.type());
            }
        }
        section.refuseUnknown();
    }

    private static void text(Field field, Text type) {
        String text = field.text(CODE, type.wanted());
        if (text != null && type.form() != null && !type.form().matcher(text).matches()) {
            field.wrong(CODE, type.wanted());
        }
    }

    private static void word(Field field, Word type) {
        String text = field.text(CODE, type.wanted());
        if (text != null && !type.words().contains(text) && !type.hidden().contains(text)) {
            field.error(
                    CODE,
                    field.name()
                            + " must be "
                            + type.wanted()
                            + ", found '"
                            + text
                            + "'"
                            + Nearest.to(text, type.words())
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(""));
        }
    }

    private static void map(Field field, MapOf type) {
        if (!(field.value() instanceof Yaml.Fields)) {
            field.wrong(CODE, type.wanted());
            return;
        }
        for (Field entry : field.section().entries()) {
            if (type.keys() != null && !type.keys().matcher(entry.name()).matches()) {
                entry.keyError(
                        CODE,
                        "'" + entry.name() + "' cannot be a key here; wanted: " + type.wanted());
            }
            if (!entry.value().isNull()) {
                check(entry, type.value());
            }
        }
    }

    private static boolean isWhole(Field field, Whole type) {
        BigDecimal number = field.number();
        return field.value() instanceof Yaml.Scalar scalar
                && scalar.kind() == Yaml.Kind.INTEGER
                && number != null
                && number.compareTo(BigDecimal.valueOf(type.least())) >= 0
                && number.compareTo(BigDecimal.valueOf(type.most())) <= 0;
    }

    /** True if the number lies where {@code type} allows it. */
    static boolean isWithin(@Nullable BigDecimal number, Decimal type) {
        if (number == null || number.doubleValue() > type.most()) {
            return false;
        }
        int order = number.compareTo(BigDecimal.valueOf(type.least()));
        return type.above() ? order > 0 : order >= 0;
    }

    private static long memory(Field field) {
        Long bytes = field.value() instanceof Yaml.Scalar scalar ? Memory.bytes(scalar) : null;
        return bytes == null ? 0 : bytes;
    }

    private static void require(Field field, boolean fine, Type type) {
        if (!fine) {
            field.wrong(CODE, type.wanted());
        }
    }
}
