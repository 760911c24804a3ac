package io.scalable.contracts.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.scalable.contracts.task.FailureClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.worker-lifecycle}: what a provider says of a worker. Keyed by
 * deployment.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerLifecycle.WorkerRequested.class, name = "WorkerRequested"),
    @JsonSubTypes.Type(value = WorkerLifecycle.WorkerPending.class, name = "WorkerPending"),
    @JsonSubTypes.Type(value = WorkerLifecycle.WorkerStarted.class, name = "WorkerStarted"),
    @JsonSubTypes.Type(value = WorkerLifecycle.WorkerRemoved.class, name = "WorkerRemoved"),
    @JsonSubTypes.Type(value = WorkerLifecycle.WorkerFailed.class, name = "WorkerFailed")
})
public sealed interface WorkerLifecycle {

    String deploymentId();

    String component();

    String workerId();

    Instant at();

    /**
     * The provider is about to ask its backend for the worker.
     *
     * @param generation the scale plan that wanted it
     */
    record WorkerRequested(
            String deploymentId, String component, String workerId, long generation, Instant at)
            implements WorkerLifecycle {}

    /**
     * The backend has accepted the request but the worker does not run yet.
     *
     * @param reason what it waits for, in the backend's words; null if unknown
     */
    record WorkerPending(
            String deploymentId,
            String component,
            String workerId,
            @Nullable String reason,
            Instant at)
            implements WorkerLifecycle {}

    /**
     * The worker runs (it says itself when it is ready).
     *
     * @param place where: a process id, job id, pod name
     */
    record WorkerStarted(
            String deploymentId, String component, String workerId, String place, Instant at)
            implements WorkerLifecycle {}

    /**
     * The worker is gone as intended.
     *
     * @param cause who wanted it gone
     */
    record WorkerRemoved(
            String deploymentId, String component, String workerId, RemovalCause cause, Instant at)
            implements WorkerLifecycle {}

    /** Why a worker went as intended. */
    enum RemovalCause {
        /** A scale plan wanted fewer. */
        SCALED_IN,
        /** Its deployment ended. */
        DEPLOYMENT_ENDED,
        /** It drained because its allocation, such as a job's walltime, was about to end. */
        ALLOCATION_ENDED
    }

    /**
     * The worker never came up, or went without being asked.
     *
     * @param failureClass START_FAILURE if it never was ready
     * @param message what is known, for people
     * @param log the last lines it wrote; null if none are at hand
     */
    record WorkerFailed(
            String deploymentId,
            String component,
            String workerId,
            FailureClass failureClass,
            String message,
            @Nullable String log,
            Instant at)
            implements WorkerLifecycle {}
}
