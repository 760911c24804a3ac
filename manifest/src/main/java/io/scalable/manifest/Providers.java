package io.scalable.manifest;

import java.util.List;

/** The providers that a target may name. */
final class Providers {

    static final String LOCAL = "local";
    static final String SLURM = "slurm";

    static final List<String> KNOWN = List.of(LOCAL, SLURM, "kubernetes", "aws", "gcp");

    private Providers() {}

    /** The target's provider; {@code local} after a problem. */
    static String read(Section target) {
        Field field = target.required("provider", "one of " + String.join(", ", KNOWN));
        String name = field == null ? null : field.text();
        if (field == null || name == null) {
            return LOCAL;
        }
        if (!KNOWN.contains(name)) {
            field.error(
                    "E_UNKNOWN_PROVIDER",
                    "unknown provider '" + name + "'" + Nearest.hint(name, KNOWN));
        }
        return name;
    }
}
