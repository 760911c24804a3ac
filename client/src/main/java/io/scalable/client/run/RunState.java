package io.scalable.client.run;

/** How a run stands. */
public enum RunState {
    /** It goes on, or its driver was cut off. */
    RUNNING,
    /** Every task succeeded. */
    SUCCEEDED,
    /** A task failed for good, or the run itself could not go on. */
    FAILED,
    /** It was drained or stopped before every task had succeeded. */
    CANCELLED
}
