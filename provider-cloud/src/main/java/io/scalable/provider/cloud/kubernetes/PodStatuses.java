package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.scalable.provider.backend.WorkerStatus;
import org.jspecify.annotations.Nullable;

/** What a pod says of its worker, in the words of the loop. Pure. */
final class PodStatuses {

    private PodStatuses() {}

    /**
     * Of a pod that has not ended. One that is being deleted is alive until it is gone.
     *
     * @param ready true if the worker takes leases
     * @param unheard true if it may do so without having been heard yet
     */
    static WorkerStatus alive(Pod pod, boolean ready, boolean unheard) {
        String place = Containers.place(pod);
        if (ready) {
            return new WorkerStatus.Running(place, true);
        }
        if (Containers.phase(pod).equals("Unknown")) {
            return new WorkerStatus.Unknown(place + ": its node does not answer");
        }
        if (!Containers.runs(pod)) {
            return new WorkerStatus.Pending(PodWait.of(pod).reason());
        }
        return unheard
                ? new WorkerStatus.Unknown(place + " runs and was not heard yet")
                : new WorkerStatus.Running(place, false);
    }

    /**
     * Of a worker that has ended.
     *
     * @param verdict why it was given up; null if it was not
     * @param log its last lines, where they are at hand
     */
    static WorkerStatus ended(
            PodEnd end, boolean ready, @Nullable String verdict, @Nullable String log) {
        return verdict == null
                ? new WorkerStatus.Exited(
                        end.code(), ready || end.code() == 0, end.message(), log, end.cause())
                : new WorkerStatus.Exited(1, false, verdict, null);
    }
}
