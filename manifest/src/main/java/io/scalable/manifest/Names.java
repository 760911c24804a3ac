package io.scalable.manifest;

import java.util.regex.Pattern;

/** Names of targets, components and tasks: they become parts of ids, topics and file names. */
final class Names {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private Names() {}

    static void check(Field named) {
        if (!NAME.matcher(named.name()).matches()) {
            named.keyError(
                    Code.E_BAD_NAME,
                    "'"
                            + named.name()
                            + "' cannot be a name: letters, digits, '.', '_' and '-', at most 63,"
                            + " beginning with a letter or digit");
        }
    }
}
