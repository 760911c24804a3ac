package io.scalable.contracts.task;

/** Where a task is in its life. */
public enum TaskState {
    /** Waiting for the tasks it needs. */
    BLOCKED,
    /** Waiting for a worker. */
    QUEUED,
    /** Given to a worker that has not begun it. */
    LEASED,
    /** Running on a worker. */
    RUNNING,
    /** Ended well. */
    SUCCEEDED,
    /** Failed for good. */
    FAILED,
    /** Cancelled. */
    CANCELLED,
    /** Never run: a task that it needs did not succeed. */
    SKIPPED,
    /** Given up: it took too many workers down. */
    DEAD_LETTERED;

    /** True if the task has ended. */
    public boolean terminal() {
        return ordinal() >= SUCCEEDED.ordinal();
    }
}
