package io.scalable.dispatcher.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a deployment's machine can be told. Time is one of the commands. */
public sealed interface Command {

    /** The deployment was published, for the first time or again. */
    record Declared(DeploymentSpec spec) implements Command {}

    /** The deployment's tombstone: it has ended. */
    record Ended() implements Command {}

    /** Somebody asks for a task to run or to stop. */
    record Asked(TaskCommand command) implements Command {}

    /** A worker reports. */
    record Reported(WorkerReport report) implements Command {}

    /** The planner wants other worker counts. */
    record Planned(ScalePlan plan) implements Command {}

    /** A provider tells of a worker. */
    record LifecycleSeen(WorkerLifecycle lifecycle) implements Command {}

    /** The results of these tasks are on their topic. */
    record ResultsWritten(List<String> taskIds) implements Command {}

    /** The topic of the results may lack some that were said: those that are pending go again. */
    record ResultsLost() implements Command {}

    /**
     * The machine was built again from its rows; comes once, before anything else. Rows may be
     * older than what their dispatcher has said last: nothing is leased before {@link CaughtUp}.
     */
    record Recovered() implements Command {}

    /**
     * A result that the dispatcher before has written although its rows do not say so; comes after
     * {@link Recovered} and before any input. Readers have accepted it: whatever order the inputs
     * are read in now, the task has ended so.
     */
    record ResultAccepted(TaskResult result) implements Command {}

    /** All is read again that the dispatcher before may have acted on. */
    record CaughtUp() implements Command {}

    /**
     * Time has passed.
     *
     * @param readTo everything that was on the inputs then has been told; null while that is not
     *     known of any moment
     */
    record Tick(@Nullable Instant readTo) implements Command {}
}
