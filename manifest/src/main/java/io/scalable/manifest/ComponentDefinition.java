package io.scalable.manifest;

import io.scalable.contracts.deployment.ComponentSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of the manifest's {@code components}; see {@link ComponentSpec} for its parts. */
record ComponentDefinition(
        String name,
        @Nullable String image,
        @Nullable String runtime,
        double cpus,
        long memoryBytes,
        @Nullable Integer workers,
        List<String> tags,
        Map<String, String> env,
        Map<String, String> mounts,
        List<String> classpath,
        @Nullable String preloadScript) {

    /** The component as {@code target} runs it. */
    ComponentSpec on(Target target) {
        return new ComponentSpec(
                name,
                image,
                runtime,
                cpus,
                memoryBytes,
                target.slots(),
                target.bounds(name),
                workers,
                tags,
                env,
                mounts,
                classpath,
                preloadScript);
    }
}
