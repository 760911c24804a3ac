package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.TargetSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the manifest's {@code targets}.
 *
 * @param overlay the overlay it names
 * @param maxWorkers over all pools; null without such a limit
 * @param slots tasks that a worker runs at a time
 * @param walltimeSeconds the deadline
 * @param options as written, without {@code provider} and {@code overlay}
 */
record Target(
        String name,
        String provider,
        @Nullable String overlay,
        @Nullable Integer maxWorkers,
        int slots,
        Adaptive adaptive,
        @Nullable Double walltimeSeconds,
        @Nullable Objective objective,
        @Nullable Policy policy,
        Map<String, JsonNode> options) {

    /** A pool's largest size where neither the target nor {@code adaptive} says. */
    private static final int DEFAULT_MAXIMUM = 64;

    /** Partitions of the assignments topic where the number of workers is not limited. */
    private static final int DEFAULT_PARTITIONS = 32;

    private static final int MOST_PARTITIONS = 64;

    private static final String KAFKA = "kafka";

    /** What is published of the target: all but how to log in to its brokers. */
    TargetSpec spec() {
        Map<String, JsonNode> published = new LinkedHashMap<>(options);
        published.remove(KAFKA);
        return new TargetSpec(name, provider, maxWorkers, published);
    }

    /** What a Kafka client needs to reach the target's brokers; empty if it names none. */
    Map<String, String> kafka() {
        JsonNode bootstrap = options.get("bootstrap");
        if (bootstrap == null || bootstrap.isNull()) {
            return Map.of();
        }
        Map<String, String> kafka = new LinkedHashMap<>();
        kafka.put("bootstrap.servers", bootstrap.asText());
        JsonNode further = options.get(KAFKA);
        if (further != null) {
            further.properties().forEach(e -> kafka.put(e.getKey(), e.getValue().asText()));
        }
        return kafka;
    }

    Bounds bounds(String component) {
        return adaptive.bounds(component, maxWorkers == null ? DEFAULT_MAXIMUM : maxWorkers);
    }

    int assignmentPartitions() {
        return provider.equals(Provider.LOCAL.word()) && maxWorkers != null
                ? Math.clamp(maxWorkers, 1, MOST_PARTITIONS)
                : DEFAULT_PARTITIONS;
    }
}
