package io.scalable.worker;

/** Why an attempt is stopped before its end. */
enum StopCause {
    /** It ran longer than its task may. */
    TIMED_OUT(false),
    /** The worker's allocation ends. */
    WALLTIME(false),
    /** The worker is being ended by its platform, and the time for what runs is over. */
    PREEMPTED(false),
    /** The dispatcher took it back. */
    REVOKED(true),
    /** The worker stops at once. */
    STOPPED(true);

    private final boolean silent;

    StopCause(boolean silent) {
        this.silent = silent;
    }

    /** True if nothing more is reported of the attempt. */
    boolean silent() {
        return silent;
    }
}
