package io.scalable.contracts.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.task-events}: what the dispatcher, its only author, says of a task's
 * life. No payloads.
 *
 * <p>Events may be delivered more than once; {@link #eventId()} is the same each time. The first
 * terminal event of a task in its partition is the accepted result: fold with {@link TaskFold}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskEvent.TaskQueued.class, name = "TaskQueued"),
    @JsonSubTypes.Type(value = TaskEvent.TaskLeased.class, name = "TaskLeased"),
    @JsonSubTypes.Type(value = TaskEvent.TaskStarted.class, name = "TaskStarted"),
    @JsonSubTypes.Type(value = TaskEvent.TaskSucceeded.class, name = "TaskSucceeded"),
    @JsonSubTypes.Type(value = TaskEvent.TaskRetried.class, name = "TaskRetried"),
    @JsonSubTypes.Type(value = TaskEvent.TaskFailed.class, name = "TaskFailed"),
    @JsonSubTypes.Type(value = TaskEvent.TaskCancelled.class, name = "TaskCancelled"),
    @JsonSubTypes.Type(value = TaskEvent.TaskSkipped.class, name = "TaskSkipped"),
    @JsonSubTypes.Type(value = TaskEvent.TaskDeadLettered.class, name = "TaskDeadLettered"),
    @JsonSubTypes.Type(value = TaskEvent.WorkerLost.class, name = "WorkerLost")
})
public sealed interface TaskEvent extends TaskEventRecord {

    @Override
    String deploymentId();

    /** When the dispatcher decided it. */
    Instant at();

    /** The same for every delivery of the same event. */
    @JsonIgnore
    String eventId();

    /** An event of one task. */
    sealed interface OfTask extends TaskEvent {
        String taskId();

        /** The task's name. */
        String task();

        /** The pool's component. */
        String component();

        /** The attempt it is about; the next one for {@link TaskQueued}. */
        int attempt();

        /** True if the task has ended with this event. */
        @JsonIgnore
        default boolean terminal() {
            return false;
        }

        @Override
        @JsonIgnore
        default String eventId() {
            return taskId() + "#" + attempt() + "#" + getClass().getSimpleName();
        }
    }

    /** The task waits for a worker: newly submitted, unblocked, or queued again. */
    record TaskQueued(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int attempt,
            Instant at)
            implements OfTask {}

    /** A worker was given the right to run the attempt. */
    record TaskLeased(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int attempt,
            String workerId,
            Instant at)
            implements OfTask {}

    /** The worker runs the attempt. */
    record TaskStarted(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int attempt,
            String workerId,
            Instant at)
            implements OfTask {}

    /**
     * The task ended well.
     *
     * @param durationSeconds how long the attempt ran on the worker, seconds
     */
    record TaskSucceeded(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int attempt,
            String workerId,
            double durationSeconds,
            Instant at)
            implements OfTask {
        @Override
        public boolean terminal() {
            return true;
        }
    }

    /**
     * An attempt failed or was lost, and another will follow.
     *
     * @param failure why
     * @param spent true if the retry came out of the task's own {@code retries}
     */
    record TaskRetried(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int attempt,
            @Nullable String workerId,
            Failure failure,
            boolean spent,
            Instant at)
            implements OfTask {}

    /** The task failed for good. */
    record TaskFailed(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int attempt,
            @Nullable String workerId,
            Failure failure,
            Instant at)
            implements OfTask {
        @Override
        public boolean terminal() {
            return true;
        }
    }

    /** The task was cancelled. */
    record TaskCancelled(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int attempt,
            String reason,
            Instant at)
            implements OfTask {
        @Override
        public boolean terminal() {
            return true;
        }
    }

    /**
     * The task will not run because a task that it needs did not succeed.
     *
     * @param because the id of the needed task that ended otherwise
     */
    record TaskSkipped(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int attempt,
            String because,
            Instant at)
            implements OfTask {
        @Override
        public boolean terminal() {
            return true;
        }
    }

    /** The task took too many workers down with it and is given up. */
    record TaskDeadLettered(
            String deploymentId,
            String taskId,
            String task,
            String component,
            int attempt,
            Failure failure,
            Instant at)
            implements OfTask {
        @Override
        public boolean terminal() {
            return true;
        }
    }

    /**
     * A worker's heartbeats stopped, or its provider said that it is gone; its attempts are queued
     * again.
     *
     * @param attempts how many attempts it held
     */
    record WorkerLost(
            String deploymentId,
            String workerId,
            String component,
            int attempts,
            String reason,
            Instant at)
            implements TaskEvent {
        @Override
        @JsonIgnore
        public String eventId() {
            return workerId + "#WorkerLost#" + at.toEpochMilli();
        }
    }
}
