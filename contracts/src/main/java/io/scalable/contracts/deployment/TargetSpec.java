package io.scalable.contracts.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a deployment runs.
 *
 * @param name the target's name in the manifest
 * @param provider {@code local}, {@code slurm}, {@code kubernetes}, {@code aws} or {@code gcp}
 * @param maxWorkers the most workers over all pools at any time; null where the target sets no such
 *     limit
 * @param options the provider's own options as the manifest gives them, validated, in manifest
 *     order
 */
public record TargetSpec(
        String name, String provider, @Nullable Integer maxWorkers, Map<String, JsonNode> options) {
    public TargetSpec {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Option {@code key} if it is {@code true}; false where it is missing. */
    public boolean flag(String key) {
        JsonNode value = options.get(key);
        return value != null && value.asBoolean(false);
    }

    /** Option {@code key} as text, or {@code otherwise} where it is missing. */
    public String text(String key, String otherwise) {
        JsonNode value = options.get(key);
        return value == null || value.isNull() ? otherwise : value.asText();
    }
}
