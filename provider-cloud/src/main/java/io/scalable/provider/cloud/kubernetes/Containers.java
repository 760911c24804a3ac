package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into a pod's status, of which any part may be missing. Pure. */
final class Containers {

    private Containers() {}

    /** How the worker's container is. */
    static Optional<ContainerState> worker(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : state(pod.getStatus().getContainerStatuses(), PodTemplate.WORKER);
    }

    /** How the container is that brings the worker's Java. */
    static Optional<ContainerState> runtime(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : state(pod.getStatus().getInitContainerStatuses(), PodTemplate.RUNTIME);
    }

    /** How the worker's container ended. */
    static Optional<ContainerStateTerminated> workersEnd(Pod pod) {
        return worker(pod).map(ContainerState::getTerminated);
    }

    static boolean runs(Pod pod) {
        return worker(pod).map(ContainerState::getRunning).isPresent();
    }

    static String phase(Pod pod) {
        PodStatus status = pod.getStatus();
        return status == null || status.getPhase() == null ? "" : status.getPhase();
    }

    /** A condition of the pod by its type. */
    static Optional<PodCondition> condition(Pod pod, String type) {
        List<PodCondition> all =
                pod.getStatus() == null || pod.getStatus().getConditions() == null
                        ? List.of()
                        : pod.getStatus().getConditions();
        return all.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    /** {@code pod NAME on NODE}. */
    static String place(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return "pod " + pod.getMetadata().getName() + (node == null ? "" : " on " + node);
    }

    private static Optional<ContainerState> state(List<ContainerStatus> statuses, String name) {
        return Optional.ofNullable(statuses).orElse(new ArrayList<>()).stream()
                .filter(status -> name.equals(status.getName()))
                .findFirst()
                .map(ContainerStatus::getState);
    }
}
