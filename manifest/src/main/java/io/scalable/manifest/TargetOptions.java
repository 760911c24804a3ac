package io.scalable.manifest;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the options of targets: those that all share, and those of each provider. */
final class TargetOptions {

    /** Options that have readers of their own. */
    private static final Set<String> READ =
            Set.of(
                    "provider",
                    "overlay",
                    "max_workers",
                    "threads_per_worker",
                    "walltime",
                    "adaptive",
                    "processes",
                    "containers");

    private TargetOptions() {}

    /**
     * Workers over all pools: 1 locally unless the target says more; elsewhere null for no limit.
     */
    static @Nullable Integer maxWorkers(Section target, boolean local) {
        Field field = target.field("max_workers");
        if (field == null) {
            return local ? 1 : null;
        }
        Integer count = field.integer(1, Code.E_BAD_MAX_WORKERS, new Type.Whole(1).wanted());
        return count == null && local ? Integer.valueOf(1) : count;
    }

    /** Slots of each worker: {@code threads_per_worker}, 1 where it is missing. */
    static int slots(Section target) {
        Field field = target.field("threads_per_worker");
        Integer count = field == null ? null : field.integer(TargetKeys.SLOTS, Code.E_BAD_VALUE);
        return count == null ? 1 : count;
    }

    /** Checks the types of all options, and warns of those that the provider does not have. */
    static void check(Section target, Provider provider) {
        for (Key key : provider.shape().keys().values()) {
            Field value = target.field(key.name());
            if (value != null) {
                check(value, key);
            }
        }
        for (Field unknown : target.unknown()) {
            unknown.keyError(
                    provider.unknownOption(),
                    target.tellUnknown("option of provider " + provider.word(), unknown));
        }
    }

    private static void check(Field value, Key key) {
        switch (key.name()) {
            case "processes" -> {
                Boolean _ = value.flag(Code.E_BAD_PROCESSES_FLAG);
            }
            case "containers" -> containers(value, (Type.Word) key.type());
            default -> {
                if (!READ.contains(key.name()) && !value.value().isNull()) {
                    TypeCheck.check(value, key.type());
                }
            }
        }
    }

    private static void containers(Field field, Type.Word modes) {
        Code code = Code.E_BAD_CONTAINERS_MODE;
        String wanted = "'" + String.join("', '", modes.words()) + "'";
        String mode = field.text(code, wanted);
        if (mode == null || modes.words().contains(mode)) {
            return;
        }
        field.error(code, "containers must be one of " + wanted + ", found '" + mode + "'");
    }
}
