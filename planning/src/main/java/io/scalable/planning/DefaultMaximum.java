package io.scalable.planning;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.planning.reason.ReasonText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The limit that pools of a paid or shared target get where the manifest sets none. People should
 * know of it before workers cost money or take other people's turn. As JSON it is {@code workers}.
 *
 * @param target the target's name
 * @param workers the most workers of each component that has no maximum of its own, in manifest
 *     order; empty on a target that is neither paid for nor shared
 */
public record DefaultMaximum(String target, @JsonValue Map<String, Integer> workers) {

    private static final Set<String> PAID_OR_SHARED = Set.of("aws", "gcp", "kubernetes", "slurm");

    public DefaultMaximum {
        workers = Collections.unmodifiableMap(new LinkedHashMap<>(workers));
    }

    public static DefaultMaximum of(DeploymentSpec spec) {
        var workers = new LinkedHashMap<String, Integer>();
        if (PAID_OR_SHARED.contains(spec.target().provider())
                && spec.target().maxWorkers() == null) {
            for (ComponentSpec component : spec.components()) {
                if (!hasMaximum(spec, component.name())) {
                    workers.put(component.name(), component.bounds().maximum());
                }
            }
        }
        return new DefaultMaximum(spec.target().name(), workers);
    }

    /** What a person is told: one text, or none where every pool has a maximum. */
    public List<String> warnings() {
        if (workers.isEmpty()) {
            return List.of();
        }
        return List.of(
                ReasonText.format(
                        "target %s is paid for or shared and sets no maximum; launched are at most"
                                + " %s workers; set max_workers or adaptive: {maximum: N}",
                        target, inWords()));
    }

    /** Such as {@code 64 fit, 64 post}. */
    private String inWords() {
        return workers.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }

    private static boolean hasMaximum(DeploymentSpec spec, String component) {
        JsonNode adaptive = spec.target().options().get("adaptive");
        JsonNode maximum = adaptive == null ? null : adaptive.get("maximum");
        if (maximum == null) {
            return false;
        }
        return maximum.isObject() ? maximum.hasNonNull(component) : !maximum.isNull();
    }
}
