package io.scalable.client.run;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.worker.WorkerLifecycle;

/**
 * Hears how a run goes on. Called one at a time, mostly on the run's own thread: return quickly and
 * wait for nothing.
 */
public interface RunListener {

    /** Hears nothing. */
    RunListener SILENT = new RunListener() {};

    /** How far it is, several times a second while tasks are left. */
    default void progress(RunProgress progress) {}

    /** A task ended; once per task. */
    default void taskEnded(TaskResult result) {}

    /** A task moved; only where the run follows task events ({@link RunOptions}). */
    default void taskMoved(TaskEvent.OfTask event) {}

    /** The planner decided anew. */
    default void planned(ScalePlan plan) {}

    /** A provider said something of a worker. */
    default void worker(WorkerLifecycle event) {}

    /** The run cannot go on; told once. */
    default void problem(String text) {}

    /** Something that a person should know, in one line. */
    default void warning(String text) {}
}
