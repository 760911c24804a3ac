package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pods in states that clusters bring about. */
final class PodStories {

    private PodStories() {}

    static Pod pod(Consumer<Pod> story) {
        Pod pod = new PodBuilder(KubernetesProvider.pod(Orders.with("{}"))).build();
        pod.getMetadata().setUid("u1");
        story.accept(pod);
        return pod;
    }

    static Pod running() {
        return pod(FakeKubelet::running);
    }

    static Pod ended(int code, String reason) {
        return pod(
                pod -> {
                    pod.getSpec().setNodeName(FakeKubelet.NODE);
                    FakeKubelet.ended(pod, code, reason);
                });
    }

    static Consumer<Pod> condition(
            String type, String status, String reason, @Nullable String message) {
        return pod -> {
            if (pod.getStatus() == null) {
                pod.setStatus(new io.fabric8.kubernetes.api.model.PodStatus());
            }
            var all = new ArrayList<>(List.copyOf(pod.getStatus().getConditions()));
            all.add(
                    new PodConditionBuilder()
                            .withType(type)
                            .withStatus(status)
                            .withReason(reason)
                            .withMessage(message)
                            .withLastTransitionTime(Instant.now().minusSeconds(5).toString())
                            .build());
            pod.getStatus().setConditions(all);
        };
    }

    static Consumer<Pod> disrupted(String reason) {
        return condition("DisruptionTarget", "True", reason, "as the cluster says");
    }

    static Consumer<Pod> terminating(long grace) {
        return pod -> {
            pod.getMetadata().setDeletionTimestamp(Instant.now().plusSeconds(grace).toString());
            pod.getMetadata().setDeletionGracePeriodSeconds(grace);
        };
    }
}
