package io.scalable.contracts.task;

/**
 * Why an attempt failed. Each class has a retry budget of its own; only some are the user's fault.
 */
public enum FailureClass {
    /** The task's own code failed: an exception, or a command's exit status other than 0. */
    USER_ERROR(true),
    /** The attempt ran longer than the task's timeout. */
    TIMEOUT(true),
    /** The worker ran out of memory while it ran the attempt. */
    OUT_OF_MEMORY(true),
    /** The provider took the worker away: preempted, spot interruption. */
    PREEMPTED(false),
    /** The worker's allocation ended before the attempt did. */
    WALLTIME(false),
    /** The worker vanished: killed, its node failed, its heartbeats stopped. */
    NODE_FAILURE(false),
    /** The pool's workers do not start. */
    START_FAILURE(false);

    private final boolean usersFault;

    FailureClass(boolean usersFault) {
        this.usersFault = usersFault;
    }

    /** True if a retry of this class is taken from the task's {@code retries}. */
    public boolean usersFault() {
        return usersFault;
    }
}
