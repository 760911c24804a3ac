package io.scalable.dispatcher.messaging;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is stored. Rows outlive releases: each says by which version of this format it was
 * written. A field that comes later is nullable, or has a default; one that has come stays. Golden
 * files among the tests hold each release's rows, which every later one reads.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "row")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RowRecord.Deployment.class, name = "deployment"),
    @JsonSubTypes.Type(value = RowRecord.Task.class, name = "task"),
    @JsonSubTypes.Type(value = RowRecord.Spec.class, name = "spec"),
    @JsonSubTypes.Type(value = RowRecord.Result.class, name = "result"),
    @JsonSubTypes.Type(value = RowRecord.PendingResult.class, name = "pending-result"),
    @JsonSubTypes.Type(value = RowRecord.Worker.class, name = "worker"),
    @JsonSubTypes.Type(value = RowRecord.Starts.class, name = "starts"),
    @JsonSubTypes.Type(value = RowRecord.CancelledAhead.class, name = "cancelled-ahead"),
    @JsonSubTypes.Type(value = RowRecord.Outcomes.class, name = "outcomes"),
    @JsonSubTypes.Type(value = RowRecord.OutcomeOf.class, name = "outcome"),
    @JsonSubTypes.Type(value = RowRecord.EndedTasks.class, name = "ended")
})
sealed interface RowRecord {

    /** The format that this release writes; it reads this and all before. */
    int VERSION = 1;

    /** The format that the row was written in; 1 in the first release. */
    @JsonProperty("v")
    int version();

    record Deployment(
            @JsonProperty("v") int version,
            String deploymentId,
            Instant firstSeen,
            @Nullable DeploymentSpec spec,
            @Nullable ScalePlan plan,
            @Nullable Instant endedAt,
            @Nullable Instant createdAt)
            implements RowRecord {}

    record Task(
            @JsonProperty("v") int version,
            String taskId,
            String task,
            String component,
            int index,
            long sequence,
            int priority,
            int digest,
            Status status,
            @Nullable Instant queuedAt,
            Account account)
            implements RowRecord {}

    /** What a task's attempts have come to. */
    record Account(
            int attempts,
            int retriesSpent,
            int workersLost,
            int stalled,
            double longestSeconds,
            int untaken,
            List<Failure> failures,
            @Nullable Instant startedAt,
            @Nullable String workerId) {}

    /**
     * Where a task is.
     *
     * @param is what {@link RowMapping} knows
     * @param since when it came there; null where that is not kept
     * @param workerId who holds it; null if nobody does
     * @param outcome how it ended; null if it has not
     * @param doubt how its attempt ended, where it is not clear yet by whose doing; else null
     */
    record Status(
            String is,
            @Nullable Instant since,
            @Nullable String workerId,
            @Nullable TaskState outcome,
            @Nullable String reason,
            @Nullable Double durationSeconds,
            @Nullable Payload reference,
            @Nullable Doubt doubt) {}

    /** An attempt that ended by a signal. */
    record Doubt(Failure failure, double seconds, Instant since) {}

    record Spec(@JsonProperty("v") int version, SubmitTask submitted) implements RowRecord {}

    record Result(
            @JsonProperty("v") int version,
            String taskId,
            String task,
            long sequence,
            Payload payload)
            implements RowRecord {}

    record PendingResult(@JsonProperty("v") int version, String taskId) implements RowRecord {}

    record Worker(
            @JsonProperty("v") int version,
            String workerId,
            String component,
            String phase,
            int slots,
            int partition,
            @Nullable Instant endsAt,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant readyAt)
            implements RowRecord {}

    record Starts(@JsonProperty("v") int version, String component, int failures)
            implements RowRecord {}

    record CancelledAhead(@JsonProperty("v") int version, String taskId, String reason)
            implements RowRecord {}

    record Outcomes(@JsonProperty("v") int version, String task, int chunk, String states)
            implements RowRecord {}

    record OutcomeOf(@JsonProperty("v") int version, String taskId, long sequence, TaskState state)
            implements RowRecord {}

    record EndedTasks(
            @JsonProperty("v") int version,
            String component,
            String task,
            List<Integer> counts,
            Durations durations,
            long lastSequence)
            implements RowRecord {}

    /** How long tasks have run. */
    record Durations(long count, double mean, double squares, double recent) {}
}
