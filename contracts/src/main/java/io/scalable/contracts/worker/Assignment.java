package io.scalable.contracts.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.assignments.<deployment>}: what the dispatcher tells one worker.
 * Keyed by worker, in the partition that the worker named; workers that share a partition skip each
 * other's.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Assignment.LeaseGranted.class, name = "LeaseGranted"),
    @JsonSubTypes.Type(value = Assignment.LeaseRevoked.class, name = "LeaseRevoked"),
    @JsonSubTypes.Type(value = Assignment.DrainRequested.class, name = "DrainRequested")
})
public sealed interface Assignment {

    String workerId();

    /**
     * Run an attempt. {@code TaskLeased} on task-events tells the others of it, without the
     * payload.
     *
     * @param task the task's name
     * @param index the item's place among the tasks of the same name
     * @param work what to run
     * @param input the item or argument
     * @param parents the results of the needed tasks, by task name, in the order of the needs
     * @param timeoutSeconds the attempt's longest duration, seconds; null for none
     * @param traceparent the W3C trace context of the lease; null if the task is part of no trace
     */
    record LeaseGranted(
            String workerId,
            String taskId,
            int attempt,
            String task,
            int index,
            Work work,
            Payload input,
            List<ParentResults> parents,
            @Nullable Double timeoutSeconds,
            @Nullable String traceparent)
            implements Assignment {
        public LeaseGranted {
            parents = parents == null ? List.of() : List.copyOf(parents);
        }

        /** A lease of no trace. */
        public LeaseGranted(
                String workerId,
                String taskId,
                int attempt,
                String task,
                int index,
                Work work,
                Payload input,
                List<ParentResults> parents,
                @Nullable Double timeoutSeconds) {
            this(
                    workerId,
                    taskId,
                    attempt,
                    task,
                    index,
                    work,
                    input,
                    parents,
                    timeoutSeconds,
                    null);
        }

        /** The same lease as part of another trace. */
        public LeaseGranted withTraceparent(@Nullable String other) {
            return new LeaseGranted(
                    workerId,
                    taskId,
                    attempt,
                    task,
                    index,
                    work,
                    input,
                    parents,
                    timeoutSeconds,
                    other);
        }
    }

    /**
     * The results of the needed tasks of one name, in item order.
     *
     * @param task the needed task's name
     * @param results one for each of its tasks
     */
    record ParentResults(String task, List<Payload> results) {
        public ParentResults {
            results = List.copyOf(results);
        }
    }

    /** Stop an attempt, begun or not, and say nothing more of it. */
    record LeaseRevoked(String workerId, String taskId, int attempt) implements Assignment {}

    /**
     * Take no new lease, finish what runs, hand back what waits (by leaving it out of the
     * heartbeat), leave.
     */
    record DrainRequested(String workerId, String reason) implements Assignment {}
}
