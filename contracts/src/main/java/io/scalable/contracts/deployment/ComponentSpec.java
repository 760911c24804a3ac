package io.scalable.contracts.deployment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of work with the resources that each of its workers gets.
 *
 * @param name unique within the deployment
 * @param image the container image; null runs bare
 * @param runtime the container runtime asked for; null lets the provider choose
 * @param cpus cores per worker, above 0
 * @param memoryBytes memory per worker, above 0
 * @param slots tasks that one worker runs at a time, at least 1
 * @param bounds the pool's hard limits
 * @param workers the count for the manual policy; null where the manifest gives none
 * @param tags further names that tasks may be routed by
 * @param env environment of the workers and their commands
 * @param mounts absolute host path to absolute container path
 * @param classpath jars and folders with handlers: absolute paths, or URIs of what lies in storage
 * @param preloadScript commands that a worker's shell runs before it starts; null for none
 */
public record ComponentSpec(
        String name,
        @Nullable String image,
        @Nullable String runtime,
        double cpus,
        long memoryBytes,
        int slots,
        Bounds bounds,
        @Nullable Integer workers,
        List<String> tags,
        Map<String, String> env,
        Map<String, String> mounts,
        List<String> classpath,
        @Nullable String preloadScript) {
    public ComponentSpec {
        tags = List.copyOf(tags);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        mounts = Collections.unmodifiableMap(new LinkedHashMap<>(mounts));
        classpath = List.copyOf(classpath);
    }

    /** True if tasks tagged {@code tag} belong here: the component's name or one of its tags. */
    public boolean answersTo(String tag) {
        return name.equals(tag) || tags.contains(tag);
    }

    /** The same component with its handlers elsewhere. */
    public ComponentSpec withClasspath(List<String> other) {
        return new ComponentSpec(
                name,
                image,
                runtime,
                cpus,
                memoryBytes,
                slots,
                bounds,
                workers,
                tags,
                env,
                mounts,
                other,
                preloadScript);
    }
}
