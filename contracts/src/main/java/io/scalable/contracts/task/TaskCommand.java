package io.scalable.contracts.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on {@code scalable.tasks}: what anyone may ask of the dispatcher. Keyed by deployment.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskCommand.SubmitTask.class, name = "SubmitTask"),
    @JsonSubTypes.Type(value = TaskCommand.CancelTask.class, name = "CancelTask"),
    @JsonSubTypes.Type(value = TaskCommand.CancelAll.class, name = "CancelAll"),
    @JsonSubTypes.Type(value = TaskCommand.ResultsWanted.class, name = "ResultsWanted")
})
public sealed interface TaskCommand extends TaskCommandRecord {

    /** The reason of who gives none. */
    String UNSAID = "cancelled";

    @Override
    String deploymentId();

    /**
     * Run a task. Submitting the same id again changes nothing.
     *
     * @param deploymentId the deployment
     * @param taskId unique id; {@link io.scalable.contracts.Ids#taskId} for tasks of a manifest
     * @param task the task's name: durations are learned by it; the tag where it is missing
     * @param tag a component's name or one of its tags
     * @param index the item's place among the tasks of the same name, from 0
     * @param work what to run
     * @param input the item or argument
     * @param needs ids of tasks that must succeed first; {@code <deployment>/<task>/*} stands for
     *     all of that name
     * @param priority larger goes first; 0 is usual
     * @param retries further attempts after failures that are the user's own, 0 or more
     * @param timeoutSeconds an attempt's longest duration, seconds; null for none
     * @param expectSeconds a hint of its duration, seconds; null for none
     * @param traceparent the W3C trace context that the task belongs to; null for none. A record's
     *     header of this name does as well
     * @param known how it ended in an earlier life of the run, so that it is not run; null for a
     *     task that is to be run
     */
    record SubmitTask(
            String deploymentId,
            String taskId,
            @JsonProperty(defaultValue = "") String task,
            String tag,
            @JsonProperty(defaultValue = "0") int index,
            Work work,
            @JsonProperty(defaultValue = "") Payload input,
            @JsonProperty(defaultValue = "[]") List<String> needs,
            @JsonProperty(defaultValue = "0") int priority,
            @JsonProperty(defaultValue = "0") int retries,
            @Nullable Double timeoutSeconds,
            @Nullable Double expectSeconds,
            @Nullable String traceparent,
            @Nullable KnownResult known)
            implements TaskCommand {
        public SubmitTask {
            input = input == null ? Payload.none() : input;
            needs = needs == null ? List.of() : List.copyOf(needs);
            task = task == null ? tag : task;
        }

        /** A task of no trace. */
        public SubmitTask(
                String deploymentId,
                String taskId,
                String task,
                String tag,
                int index,
                Work work,
                Payload input,
                List<String> needs,
                int priority,
                int retries,
                @Nullable Double timeoutSeconds,
                @Nullable Double expectSeconds) {
            this(
                    deploymentId,
                    taskId,
                    task,
                    tag,
                    index,
                    work,
                    input,
                    needs,
                    priority,
                    retries,
                    timeoutSeconds,
                    expectSeconds,
                    null,
                    null);
        }

        /** The same task with another input, such as the same one by reference. */
        public SubmitTask withInput(Payload other) {
            return with(other, traceparent, known);
        }

        /** The same task as part of another trace, or of none. */
        public SubmitTask withTraceparent(@Nullable String other) {
            return with(input, other, known);
        }

        /** The same task as one that is not run: it has this result already; null for none. */
        public SubmitTask withKnown(@Nullable KnownResult result) {
            return with(input, traceparent, result);
        }

        private SubmitTask with(
                Payload otherInput, @Nullable String otherTrace, @Nullable KnownResult otherKnown) {
            return new SubmitTask(
                    deploymentId,
                    taskId,
                    task,
                    tag,
                    index,
                    work,
                    otherInput,
                    needs,
                    priority,
                    retries,
                    timeoutSeconds,
                    expectSeconds,
                    otherTrace,
                    otherKnown);
        }
    }

    /**
     * What a task that succeeded in an earlier life of its run returned. The tasks that need it are
     * handed its result as if it had just been made.
     *
     * @param result the returned value or where it lies
     * @param attempts how many attempts it took, 1 or more
     * @param workerId the worker that ran it
     * @param durationSeconds how long the last attempt ran, seconds
     */
    record KnownResult(
            Payload result,
            @JsonProperty(defaultValue = "1") int attempts,
            String workerId,
            @JsonProperty(defaultValue = "0") double durationSeconds) {
        public KnownResult {
            attempts = Math.max(1, attempts);
        }
    }

    /**
     * Stop a task, wherever it is. A task that has ended stays as it is; tasks that need it are
     * skipped.
     *
     * @param reason why, for the reports
     */
    record CancelTask(
            String deploymentId, String taskId, @JsonProperty(defaultValue = "") String reason)
            implements TaskCommand {
        public CancelTask {
            reason = reason == null ? UNSAID : reason;
        }
    }

    /**
     * Stop every task of the deployment that has not ended.
     *
     * @param running false leaves the attempts that are running, or about to, to finish
     * @param reason why, for the reports
     */
    record CancelAll(
            String deploymentId,
            @JsonProperty(defaultValue = "false") boolean running,
            @JsonProperty(defaultValue = "") String reason)
            implements TaskCommand {
        public CancelAll {
            reason = reason == null ? UNSAID : reason;
        }
    }

    /**
     * Say again how tasks ended: a reader of {@code scalable.results.<deployment>} misses results.
     * Tasks that have not ended are answered when they do, as always; ids that the dispatcher does
     * not know are not answered. Where the result of a task that succeeded is kept no longer, the
     * answer has no result, and a reason that says so.
     *
     * @param taskIds the tasks whose results are missing; none asks for all that are remembered
     */
    record ResultsWanted(
            String deploymentId, @JsonProperty(defaultValue = "[]") List<String> taskIds)
            implements TaskCommand {
        public ResultsWanted {
            taskIds = taskIds == null ? List.of() : List.copyOf(taskIds);
        }
    }
}
