package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTermBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.List;
import java.util.Map;

/**
 * What {@code spot: true} says to a scheduler. There is no common word for it, so the labels of the
 * usual clouds are preferred and their taints tolerated. Who wants spot nodes and no others names
 * the label in {@code node_selector}.
 */
final class SpotNodes {

    private static final int WEIGHT = 100;

    /** GKE, EKS, AKS, Karpenter. */
    private static final Map<String, String> LABELS =
            Map.of(
                    "cloud.google.com/gke-spot", "true",
                    "eks.amazonaws.com/capacityType", "SPOT",
                    "kubernetes.azure.com/scalesetpriority", "spot",
                    "karpenter.sh/capacity-type", "spot");

    private SpotNodes() {}

    static Affinity affinity() {
        List<PreferredSchedulingTerm> terms =
                LABELS.keySet().stream().sorted().map(SpotNodes::prefers).toList();
        return new AffinityBuilder()
                .withNewNodeAffinity()
                .withPreferredDuringSchedulingIgnoredDuringExecution(terms)
                .endNodeAffinity()
                .build();
    }

    static List<Toleration> tolerations() {
        return LABELS.keySet().stream()
                .sorted()
                .map(
                        key ->
                                new TolerationBuilder()
                                        .withKey(key)
                                        .withOperator("Equal")
                                        .withValue(LABELS.get(key))
                                        .withEffect("NoSchedule")
                                        .build())
                .toList();
    }

    private static PreferredSchedulingTerm prefers(String key) {
        return new PreferredSchedulingTermBuilder()
                .withWeight(WEIGHT)
                .withNewPreference()
                .addNewMatchExpression()
                .withKey(key)
                .withOperator("In")
                .withValues(LABELS.get(key))
                .endMatchExpression()
                .endPreference()
                .build();
    }
}
