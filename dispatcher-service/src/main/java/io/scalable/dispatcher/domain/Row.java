package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.TaskCommand.SubmitTask;

/** One piece of a deployment's state, as it is kept. All rows together are the whole state. */
public sealed interface Row
        permits DeploymentEntry,
                TaskEntry,
                Row.TaskSpec,
                Row.KeptResult,
                WorkerEntry,
                Row.PoolStarts,
                Row.CancelledAhead,
                Row.PendingResult {

    /** Unique within the deployment. */
    String key();

    /** A task as it was submitted: written once, gone when the task has ended. */
    record TaskSpec(SubmitTask submitted) implements Row {
        @Override
        public String key() {
            return "s/" + submitted.taskId();
        }
    }

    /** The result of a task that has ended is not known to be on its topic yet. */
    record PendingResult(String taskId) implements Row {
        @Override
        public String key() {
            return "u/" + taskId;
        }
    }

    /**
     * The result of a task that succeeded, while it is needed or among the latest.
     *
     * @param task the task's name
     * @param sequence the task's place in submit order
     */
    record KeptResult(String taskId, String task, long sequence, Payload payload) implements Row {
        @Override
        public String key() {
            return "r/" + taskId;
        }
    }

    /** The wish to cancel a task that has not come yet: records of two partitions have no order. */
    record CancelledAhead(String taskId, String reason) implements Row {
        @Override
        public String key() {
            return "c/" + taskId;
        }
    }

    /**
     * How the workers of a pool start.
     *
     * @param failures start failures since a worker was ready
     */
    record PoolStarts(String component, int failures) implements Row {
        @Override
        public String key() {
            return "p/" + component;
        }
    }
}
