package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A worker pool of ours as Cloud Run lists it.
 *
 * @param name its short name
 * @param created when it was made; null if the API does not say
 */
record SeenPool(
        String name,
        String deploymentId,
        String component,
        String workerId,
        PoolState state,
        @Nullable Instant created) {

    static final String MANAGED_BY = "managed-by";
    static final String SCALABLE = "scalable";
    static final String DEPLOYMENT = "scalable.io/deployment";
    static final String COMPONENT = "scalable.io/component";
    static final String WORKER = "scalable.io/worker-id";

    /** Reads a worker pool of the API; empty if it is not one of ours. */
    static Optional<SeenPool> of(JsonNode pool) {
        JsonNode annotations = pool.path("annotations");
        String full = pool.path("name").asText("");
        String deployment = annotations.path(DEPLOYMENT).asText("");
        String worker = annotations.path(WORKER).asText("");
        boolean ours = pool.path("labels").path(MANAGED_BY).asText("").equals(SCALABLE);
        if (!ours || deployment.isEmpty() || worker.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new SeenPool(
                        full.substring(full.lastIndexOf('/') + 1),
                        deployment,
                        annotations.path(COMPONENT).asText(""),
                        worker,
                        PoolState.of(pool),
                        time(pool.path("createTime").asText(""))));
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
