package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;

/**
 * What a pod that does not run yet waits for. Pure.
 *
 * @param reason for people
 * @param hopeless true if it will wait for ever unless somebody mends something
 */
record PodWait(String reason, boolean hopeless) {

    static PodWait of(Pod pod) {
        PodCondition scheduled = Containers.condition(pod, "PodScheduled").orElse(null);
        if (scheduled != null && "False".equals(scheduled.getStatus())) {
            return new PodWait(place(pod) + unscheduled(scheduled), false);
        }
        ContainerStateWaiting runtime =
                Containers.runtime(pod).map(state -> state.getWaiting()).orElse(null);
        if (runtime != null && !usual(runtime)) {
            return stuck(pod, runtime, "runtime_image");
        }
        ContainerStateWaiting worker =
                Containers.worker(pod).map(state -> state.getWaiting()).orElse(null);
        if (worker != null && !usual(worker)) {
            return stuck(pod, worker, "image");
        }
        if (Containers.runtime(pod).map(state -> state.getRunning()).isPresent()) {
            return new PodWait(place(pod) + "copies the worker's runtime", false);
        }
        if (worker != null || runtime != null) {
            return new PodWait(place(pod) + "containers are being made", false);
        }
        boolean placed = pod.getSpec() != null && pod.getSpec().getNodeName() != null;
        return new PodWait(place(pod) + (placed ? "waits for its node" : "to be scheduled"), false);
    }

    private static String unscheduled(PodCondition scheduled) {
        String message = scheduled.getMessage();
        return switch (String.valueOf(scheduled.getReason())) {
            case "Unschedulable" ->
                    "no node has room for it" + (message == null ? "" : ": " + message);
            case "SchedulingGated" -> "held back by a scheduling gate";
            default -> scheduled.getReason() + (message == null ? "" : ": " + message);
        };
    }

    private static boolean usual(ContainerStateWaiting waiting) {
        return switch (String.valueOf(waiting.getReason())) {
            case "ContainerCreating", "PodInitializing", "null" -> true;
            default -> false;
        };
    }

    private static PodWait stuck(Pod pod, ContainerStateWaiting waiting, String key) {
        String todo =
                switch (String.valueOf(waiting.getReason())) {
                    case "ErrImagePull",
                            "ImagePullBackOff",
                            "ErrImageNeverPull",
                            "RegistryUnavailable",
                            "ImageInspectError" ->
                            "the image cannot be pulled; check "
                                    + key
                                    + ", that nodes reach its registry, and image_pull_secrets";
                    case "InvalidImageName" -> "the image's name is not one; check " + key;
                    case "CreateContainerConfigError",
                            "CreateContainerError",
                            "RunContainerError" ->
                            "the container cannot be made; check mounts, env and what they name";
                    default -> "the container cannot start";
                };
        String message = waiting.getMessage();
        return new PodWait(
                place(pod)
                        + waiting.getReason()
                        + ": "
                        + todo
                        + (message == null ? "" : " (" + message.strip() + ")"),
                true);
    }

    private static String place(Pod pod) {
        return Containers.place(pod) + ": ";
    }
}
