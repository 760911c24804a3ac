package io.scalable.manifest;

import io.scalable.manifest.Type.AnyOf;
import io.scalable.manifest.Type.Anything;
import io.scalable.manifest.Type.Fixed;
import io.scalable.manifest.Type.ListOf;
import io.scalable.manifest.Type.MapOf;
import io.scalable.manifest.Type.OneOrMany;

/** Which of several types is meant: told by whether the value is a scalar, a list or a map. */
final class Kinds {

    private Kinds() {}

    /** The first type of the value's kind; the first of all where none is. */
    static Type pick(AnyOf any, Yaml value) {
        return any.types().stream()
                .filter(type -> fits(type, value))
                .findFirst()
                .orElse(any.types().getFirst());
    }

    private static boolean fits(Type type, Yaml value) {
        return switch (type) {
            case ListOf _ -> value instanceof Yaml.Items;
            case MapOf _, Fixed _ -> value instanceof Yaml.Fields;
            case AnyOf nested -> nested.types().stream().anyMatch(t -> fits(t, value));
            case OneOrMany _, Anything _ -> true;
            default -> value instanceof Yaml.Scalar;
        };
    }
}
