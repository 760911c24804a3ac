package io.scalable.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of targets with provider {@code local}; counts are shared with the others. */
final class LocalOptions {

    private static final String POSITIVE = "a positive integer";
    private static final String NO_CONTAINERS = "none";
    private static final List<String> RUNTIMES =
            List.of("docker", "podman", "apptainer", "charliecloud");

    private LocalOptions() {}

    /**
     * Workers over all pools: 1 locally unless the target says more; elsewhere null for no limit.
     */
    static @Nullable Integer maxWorkers(Section target, boolean local) {
        Field field = target.field("max_workers");
        if (field == null) {
            return local ? 1 : null;
        }
        Integer count = field.integer(1, "E_BAD_MAX_WORKERS", POSITIVE);
        return count == null && local ? Integer.valueOf(1) : count;
    }

    /** Slots of each worker: {@code threads_per_worker}, 1 where it is missing. */
    static int slots(Section target) {
        Field field = target.field("threads_per_worker");
        Integer count = field == null ? null : field.integer(1, "E_BAD_VALUE", POSITIVE);
        return count == null ? 1 : count;
    }

    /** Checks what only local targets have, and that nothing else is there. */
    static void check(Section target) {
        Field processes = target.field("processes");
        if (processes != null) {
            Boolean _ = processes.flag("E_BAD_PROCESSES_FLAG");
        }
        Field containers = target.field("containers");
        if (containers != null) {
            containers(containers);
        }
        for (Field unknown : target.unread()) {
            unknown.problems()
                    .warning(
                            "W_UNKNOWN_LOCAL_OPTION",
                            unknown.path(),
                            unknown.keyAt(),
                            target.unknown("option of provider local", unknown));
        }
    }

    private static void containers(Field field) {
        String code = "E_BAD_CONTAINERS_MODE";
        String mode = field.text(code, "'none'");
        if (mode == null || mode.equals(NO_CONTAINERS)) {
            return;
        }
        field.error(
                code,
                RUNTIMES.contains(mode)
                        ? "support for '" + mode + "' comes later; write containers: none"
                        : "containers must be 'none', found '" + mode + "'");
    }
}
