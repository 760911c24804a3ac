package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of a deployment's state, as it is kept. All rows together are the whole state. */
public sealed interface Row
        permits DeploymentEntry,
                TaskEntry,
                Row.TaskSpec,
                Row.KeptResult,
                WorkerEntry,
                Row.PoolStarts,
                Row.CancelledAhead,
                Row.Outcomes,
                Row.OutcomeOf,
                Row.EndedTasks,
                Row.PendingResult {

    /** Unique within the deployment. */
    String key();

    /** A task as it was submitted: written once, gone when the task has ended. */
    record TaskSpec(SubmitTask submitted) implements Row {
        static String key(String taskId) {
            return "s/" + taskId;
        }

        @Override
        public String key() {
            return key(submitted.taskId());
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

    /**
     * How tasks of one name ended that are not kept whole any more.
     *
     * @param chunk which {@value OutcomeBook#CHUNK} indexes: from this number times so many
     * @param states a letter for each index: S succeeded, F failed, C cancelled, K skipped, D dead
     *     letter, {@value #NONE} not ended or not known
     */
    record Outcomes(String task, int chunk, String states) implements Row {
        static final char NONE = '.';

        @Override
        public String key() {
            return "o/" + chunk + "/" + task;
        }

        static char letterOf(TaskState state) {
            return switch (state) {
                case SUCCEEDED -> 'S';
                case FAILED -> 'F';
                case CANCELLED -> 'C';
                case SKIPPED -> 'K';
                case DEAD_LETTERED -> 'D';
                case BLOCKED, QUEUED, LEASED, RUNNING -> NONE;
            };
        }

        static @Nullable TaskState stateOf(char letter) {
            return switch (letter) {
                case 'S' -> TaskState.SUCCEEDED;
                case 'F' -> TaskState.FAILED;
                case 'C' -> TaskState.CANCELLED;
                case 'K' -> TaskState.SKIPPED;
                case 'D' -> TaskState.DEAD_LETTERED;
                default -> null;
            };
        }
    }

    /**
     * How a task ended that is not kept whole any more, and whose id is not made of its name and
     * index.
     *
     * @param sequence the task's place in submit order
     */
    record OutcomeOf(String taskId, long sequence, TaskState state) implements Row {
        @Override
        public String key() {
            return "f/" + taskId;
        }
    }

    /**
     * How many tasks of one name in one pool ended that are not kept whole any more.
     *
     * @param counts how many ended how, from {@link TaskState#SUCCEEDED} on in the order of the
     *     states
     * @param durations how long those took that succeeded
     * @param lastSequence the largest place in submit order among them
     */
    record EndedTasks(
            String component,
            String task,
            List<Integer> counts,
            DurationStats durations,
            long lastSequence)
            implements Row {
        public EndedTasks {
            counts = List.copyOf(counts);
        }

        static EndedTasks none(TaskEntry entry) {
            return new EndedTasks(
                    entry.component(),
                    entry.task(),
                    List.of(0, 0, 0, 0, 0),
                    DurationStats.none(),
                    0);
        }

        /** With one more task. */
        EndedTasks with(TaskEntry entry) {
            var next = new ArrayList<>(counts);
            int place = entry.state().ordinal() - TaskState.SUCCEEDED.ordinal();
            next.set(place, next.get(place) + 1);
            Double seconds =
                    entry.status() instanceof TaskStatus.Ended e
                                    && e.outcome() == TaskState.SUCCEEDED
                            ? e.durationSeconds()
                            : null;
            DurationStats all = seconds == null ? durations : durations.after(seconds);
            return new EndedTasks(
                    component, task, next, all, Math.max(lastSequence, entry.sequence()));
        }

        /** The same counts among those of all names that are not told apart; null for none yet. */
        EndedTasks foldedInto(@Nullable EndedTasks others) {
            var sum = new ArrayList<Integer>();
            for (int i = 0; i < counts.size(); i++) {
                sum.add(counts.get(i) + (others == null ? 0 : others.counts.get(i)));
            }
            return new EndedTasks(
                    component,
                    DemandBoard.OTHERS,
                    sum,
                    DurationStats.none(),
                    Math.max(lastSequence, others == null ? 0 : others.lastSequence));
        }

        /** How many ended as {@code state}. */
        int count(TaskState state) {
            return counts.get(state.ordinal() - TaskState.SUCCEEDED.ordinal());
        }

        static String key(String component, String task) {
            return "e/" + component + "/" + task;
        }

        @Override
        public String key() {
            return key(component, task);
        }
    }
}
