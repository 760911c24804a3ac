package io.scalable.contracts.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.worker-reports}: what a worker tells the dispatcher. Keyed by
 * deployment.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerReport.WorkerReady.class, name = "WorkerReady"),
    @JsonSubTypes.Type(value = WorkerReport.WorkerHeartbeat.class, name = "WorkerHeartbeat"),
    @JsonSubTypes.Type(value = WorkerReport.AttemptStarted.class, name = "AttemptStarted"),
    @JsonSubTypes.Type(value = WorkerReport.AttemptFinished.class, name = "AttemptFinished"),
    @JsonSubTypes.Type(value = WorkerReport.WorkerLeft.class, name = "WorkerLeft")
})
public sealed interface WorkerReport {

    String deploymentId();

    String workerId();

    /** When the worker wrote it, by its own clock. */
    Instant at();

    /**
     * The worker reads its assignments and takes leases.
     *
     * @param component the pool's component
     * @param slots tasks it runs at a time
     * @param partition the partition of the assignments topic that it reads
     * @param host the name of its machine
     * @param pid its process id
     * @param endsAt when its allocation ends; null if never
     */
    record WorkerReady(
            String deploymentId,
            String workerId,
            String component,
            int slots,
            int partition,
            String host,
            long pid,
            @Nullable Instant endsAt,
            Instant at)
            implements WorkerReport {}

    /**
     * Sent every second. A worker that the dispatcher does not know (any more) introduces itself by
     * it.
     *
     * @param slots tasks it runs at a time
     * @param partition the partition of the assignments topic that it reads
     * @param held the attempts it has in hand, waiting or running
     * @param draining true once it takes no new lease
     * @param endsAt when its allocation ends; null if never
     */
    record WorkerHeartbeat(
            String deploymentId,
            String workerId,
            String component,
            int slots,
            int partition,
            List<HeldAttempt> held,
            boolean draining,
            @Nullable Instant endsAt,
            Instant at)
            implements WorkerReport {
        public WorkerHeartbeat {
            held = List.copyOf(held);
        }
    }

    /**
     * One attempt in a worker's hands.
     *
     * @param deploymentCreatedAt what its lease says
     */
    record HeldAttempt(
            String taskId, int attempt, boolean running, @Nullable Instant deploymentCreatedAt) {

        /** One of a lease that does not say when its deployment was created. */
        public HeldAttempt(String taskId, int attempt, boolean running) {
            this(taskId, attempt, running, null);
        }
    }

    /**
     * The worker begins an attempt.
     *
     * @param deploymentCreatedAt what its lease says
     */
    record AttemptStarted(
            String deploymentId,
            String workerId,
            String taskId,
            int attempt,
            Instant at,
            @Nullable Instant deploymentCreatedAt)
            implements WorkerReport {

        /** The begin of one whose lease does not say when its deployment was created. */
        public AttemptStarted(
                String deploymentId, String workerId, String taskId, int attempt, Instant at) {
            this(deploymentId, workerId, taskId, attempt, at, null);
        }
    }

    /**
     * An attempt ended on the worker.
     *
     * @param result the returned value; null if it failed
     * @param failure why it failed; null if it succeeded
     * @param durationSeconds how long it ran, seconds
     * @param deploymentCreatedAt what its lease says; null if that could not be read
     */
    record AttemptFinished(
            String deploymentId,
            String workerId,
            String taskId,
            int attempt,
            @Nullable Payload result,
            @Nullable Failure failure,
            double durationSeconds,
            Instant at,
            @Nullable Instant deploymentCreatedAt)
            implements WorkerReport {
        public AttemptFinished {
            if ((result == null) == (failure == null)) {
                throw new IllegalArgumentException(
                        "an attempt ends with either a result or a failure");
            }
        }

        /** The end of one whose lease does not say when its deployment was created. */
        public AttemptFinished(
                String deploymentId,
                String workerId,
                String taskId,
                int attempt,
                @Nullable Payload result,
                @Nullable Failure failure,
                double durationSeconds,
                Instant at) {
            this(
                    deploymentId,
                    workerId,
                    taskId,
                    attempt,
                    result,
                    failure,
                    durationSeconds,
                    at,
                    null);
        }
    }

    /**
     * The worker leaves for good and holds nothing any more.
     *
     * @param reason {@code drained}, {@code terminated}, {@code deployment ended}, {@code stopped},
     *     for people
     */
    record WorkerLeft(String deploymentId, String workerId, String reason, Instant at)
            implements WorkerReport {}
}
