package io.scalable.provider.cloud.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.testkit.ADeployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Orders for tests: {@code Orders.with("{spot: true}")}. */
final class Orders {

    private Orders() {}

    /** Worker 3 of component {@code model} on a target with options as JSON. */
    static LaunchOrder with(String options) {
        return with(options, component("science:2", Map.of(), null));
    }

    static LaunchOrder with(String options, ComponentSpec component) {
        DeploymentSpec deployment =
                ADeployment.aDeployment().id("d").provider("kubernetes").build();
        var spec =
                new DeploymentSpec(
                        "d",
                        deployment.project(),
                        deployment.createdAt(),
                        target(options),
                        List.of(component),
                        List.of(),
                        deployment.objective(),
                        deployment.policy(),
                        null,
                        deployment.providerHost(),
                        deployment.storage(),
                        deployment.directory(),
                        4,
                        null,
                        null,
                        null,
                        null);
        return LaunchOrder.of(spec, component, "d-model-3", 3);
    }

    static ComponentSpec component(
            @Nullable String image, Map<String, String> mounts, @Nullable String preload) {
        return new ComponentSpec(
                "model",
                image,
                null,
                1.5,
                2_000_000_000L,
                2,
                new Bounds(0, 10),
                null,
                List.of(),
                Map.of("MODE", "fast", "PRICE", "$(HOME) costs $5"),
                mounts,
                List.of(),
                preload);
    }

    static TargetSpec target(String options) {
        var all = new LinkedHashMap<String, JsonNode>();
        json(options).properties().forEach(e -> all.put(e.getKey(), e.getValue()));
        return new TargetSpec("cloud", "kubernetes", null, all);
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
