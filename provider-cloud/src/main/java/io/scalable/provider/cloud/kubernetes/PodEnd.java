package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.scalable.contracts.task.FailureClass;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a worker's pod ended. Pure.
 *
 * @param code the exit status; 0 says that the worker left as it was told to
 * @param message what is known, for people
 * @param cause who took it away; null where it ended by itself
 */
record PodEnd(int code, String message, @Nullable FailureClass cause) {

    private static final int TERMINATED = 143;
    private static final String DISRUPTED = "DisruptionTarget";

    /** How a pod that is still listed has ended; null if it has not. */
    static @Nullable PodEnd of(Pod pod) {
        ContainerStateTerminated worker = Containers.workersEnd(pod).orElse(null);
        if (worker != null) {
            return of(pod, worker);
        }
        return switch (Containers.phase(pod)) {
            case "Failed" -> withoutWorker(pod);
            case "Succeeded" -> new PodEnd(0, Containers.place(pod) + " has ended", null);
            default -> null;
        };
    }

    /**
     * How a pod ended whose end nobody saw: it is gone.
     *
     * @param asked true if this project wanted it gone
     * @param left true if the worker said that it leaves
     */
    static PodEnd gone(Pod last, boolean asked, boolean left) {
        PodEnd seen = of(last);
        if (seen != null) {
            return seen;
        }
        String place = Containers.place(last);
        if (asked) {
            return new PodEnd(TERMINATED, place + " was deleted as asked", null);
        }
        PodCondition disruption = Containers.condition(last, DISRUPTED).orElse(null);
        if (disruption != null) {
            return new PodEnd(TERMINATED, words(place, disruption), cause(disruption));
        }
        return left
                ? new PodEnd(0, place + " left", null)
                : new PodEnd(
                        TERMINATED, place + " was deleted by somebody", FailureClass.PREEMPTED);
    }

    private static PodEnd of(Pod pod, ContainerStateTerminated worker) {
        String place = Containers.place(pod);
        int code = worker.getExitCode() == null ? 1 : worker.getExitCode();
        String reason = text(worker.getReason());
        if (reason.equals("OOMKilled")) {
            return new PodEnd(
                    notZero(code),
                    place
                            + " was killed for using more than its memory ("
                            + memory(pod)
                            + "); give the component more memory",
                    FailureClass.OUT_OF_MEMORY);
        }
        PodCondition disruption = disruption(pod, worker);
        if (disruption != null) {
            return new PodEnd(notZero(code), words(place, disruption), cause(disruption));
        }
        FailureClass taken = cause(text(pod.getStatus().getReason()));
        if (taken != null) {
            return new PodEnd(notZero(code), takenAway(pod), taken);
        }
        return switch (reason) {
            case "ContainerStatusUnknown" ->
                    new PodEnd(
                            notZero(code),
                            place + ": its node lost sight of it",
                            FailureClass.NODE_FAILURE);
            case "StartError", "ContainerCannotRun" ->
                    new PodEnd(
                            notZero(code),
                            place
                                    + ": the image cannot start the worker ("
                                    + text(worker.getMessage())
                                    + "); with runtime: preinstalled the image needs the worker's"
                                    + " runtime itself",
                            null);
            default ->
                    new PodEnd(
                            code,
                            place
                                    + ": the worker ended with status "
                                    + code
                                    + after(text(worker.getMessage())),
                            null);
        };
    }

    /** It failed before the worker's container was there, or its node tells no more of it. */
    private static PodEnd withoutWorker(Pod pod) {
        String place = Containers.place(pod);
        ContainerStateTerminated runtime =
                Containers.runtime(pod).map(ContainerState::getTerminated).orElse(null);
        PodCondition disruption = Containers.condition(pod, DISRUPTED).orElse(null);
        if (disruption != null) {
            return new PodEnd(TERMINATED, words(place, disruption), cause(disruption));
        }
        if (runtime != null && runtime.getExitCode() != null && runtime.getExitCode() != 0) {
            return new PodEnd(
                    runtime.getExitCode(),
                    place
                            + ": the worker's runtime could not be copied (status "
                            + runtime.getExitCode()
                            + after(text(runtime.getMessage()))
                            + "); the target's runtime_image must have scalable-runtime",
                    null);
        }
        return new PodEnd(1, takenAway(pod), cause(text(pod.getStatus().getReason())));
    }

    private static String takenAway(Pod pod) {
        String reason = text(pod.getStatus().getReason());
        return Containers.place(pod)
                + ": "
                + (reason.isEmpty() ? "it failed" : reason)
                + after(text(pod.getStatus().getMessage()));
    }

    /** The condition counts only if it was there when the worker ended. */
    private static @Nullable PodCondition disruption(Pod pod, ContainerStateTerminated worker) {
        return Containers.condition(pod, DISRUPTED)
                .filter(condition -> "True".equals(condition.getStatus()))
                .filter(condition -> !after(condition.getLastTransitionTime(), worker))
                .orElse(null);
    }

    private static boolean after(@Nullable String condition, ContainerStateTerminated worker) {
        Optional<Instant> disrupted = time(condition);
        Optional<Instant> ended = time(worker.getFinishedAt());
        return disrupted.isPresent()
                && ended.isPresent()
                && disrupted.get().isAfter(ended.get().plusSeconds(1));
    }

    private static String words(String place, PodCondition disruption) {
        return place
                + " was taken away: "
                + text(disruption.getReason())
                + after(text(disruption.getMessage()));
    }

    /** A taint that nobody may stay with is that of a node that does not answer. */
    private static FailureClass cause(PodCondition disruption) {
        return switch (text(disruption.getReason())) {
            case "DeletionByTaintManager", "DeletionByPodGC" -> FailureClass.NODE_FAILURE;
            default -> FailureClass.PREEMPTED;
        };
    }

    private static @Nullable FailureClass cause(String podReason) {
        return switch (podReason) {
            case "Evicted", "Preempting", "Preempted", "Terminated", "NodeShutdown", "Shutdown" ->
                    FailureClass.PREEMPTED;
            case "NodeLost" -> FailureClass.NODE_FAILURE;
            default -> null;
        };
    }

    private static String memory(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(PodTemplate.WORKER))
                .map(Container::getResources)
                .filter(resources -> resources != null && resources.getLimits() != null)
                .map(resources -> resources.getLimits().get("memory"))
                .filter(limit -> limit != null)
                .findFirst()
                .map(Quantity::toString)
                .orElse("unknown");
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static int notZero(int code) {
        return code == 0 ? TERMINATED : code;
    }

    private static String after(String message) {
        return message.isEmpty() ? "" : ", " + message.strip();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
