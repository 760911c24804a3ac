package io.scalable.client.run;

/** How a run stands. */
public enum RunState {
    /** It goes on, or its driver was killed. */
    RUNNING,
    /** Every task succeeded. */
    SUCCEEDED,
    /** A task failed for good, or the run itself could not go on. */
    FAILED,
    /** It was drained or stopped before every task had succeeded. */
    CANCELLED,
    /**
     * Its driver had to leave it as it was: the run folder could not be written, or the broker did
     * not answer any more. Nothing of it was put away.
     */
    INTERRUPTED
}
