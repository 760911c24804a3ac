package io.scalable.contracts.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.assignments.<deployment>}: what the dispatcher tells one worker.
 * Keyed by worker, in the partition that the worker named; workers that share a partition skip each
 * other's.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Assignment.LeaseParents.class, name = "LeaseParents"),
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
     * @param parents the results of the needed tasks, by task name, in the order of the needs;
     *     empty where they came ahead of the lease
     * @param timeoutSeconds the attempt's longest duration, seconds; null for none
     * @param traceparent the W3C trace context of the lease; null if the task is part of no trace
     * @param parentRecords how many {@link LeaseParents} of this attempt stand before the lease; 0
     *     where {@code parents} has all
     * @param inlineBytes a result whose JSON is larger goes by reference, bytes; null for {@link
     *     Payload#INLINE_LIMIT_BYTES}
     * @param deploymentCreatedAt when the deployment was created that gives the lease: an earlier one
     *     may have had its id; null from a dispatcher of an older version
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
            @Nullable String traceparent,
            @JsonProperty(defaultValue = "0") int parentRecords,
            @Nullable Integer inlineBytes,
            @Nullable Instant deploymentCreatedAt)
            implements Assignment {
        public LeaseGranted {
            parents = parents == null ? List.of() : List.copyOf(parents);
        }

        /** A lease of no trace, with all its parents, whose result may be of the usual size. */
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
                    null,
                    0,
                    null,
                    null);
        }

        /** The same lease as part of another trace. */
        public LeaseGranted withTraceparent(@Nullable String other) {
            return with(parents, parentRecords, other);
        }

        /** The same lease with all its parents' results, none of them ahead of it. */
        public LeaseGranted withParents(List<ParentResults> all) {
            return with(all, 0, traceparent);
        }

        /** The same lease after {@code records} records with its parents' results. */
        public LeaseGranted afterParents(int records) {
            return with(List.of(), records, traceparent);
        }

        private LeaseGranted with(
                List<ParentResults> otherParents, int records, @Nullable String trace) {
            return new LeaseGranted(
                    workerId,
                    taskId,
                    attempt,
                    task,
                    index,
                    work,
                    input,
                    otherParents,
                    timeoutSeconds,
                    trace,
                    records,
                    inlineBytes,
                    deploymentCreatedAt);
        }
    }

    /**
     * Results of needed tasks that do not fit into their lease: they come ahead of it, in as many
     * records as it takes, in order. A worker puts them together when the lease comes; without all
     * of them it does not take the lease.
     *
     * @param number the record's place among those of its attempt, from 0
     * @param parents the next results; a task's name may go on from the record before
     */
    record LeaseParents(
            String workerId, String taskId, int attempt, int number, List<ParentResults> parents)
            implements Assignment {
        public LeaseParents {
            parents = List.copyOf(parents);
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
