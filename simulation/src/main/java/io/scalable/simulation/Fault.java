package io.scalable.simulation;

/** What may go wrong in a simulated history. */
enum Fault {
    /** The dispatcher is killed; rows since its last commit are lost, outputs only in part. */
    DISPATCHER_KILLED,
    /** The dispatcher is killed while it writes its rows: only the first of them are kept. */
    DISPATCHER_KILLED_IN_COMMIT,
    /** The dispatcher stands still for so long that another takes over, and wakes up beside it. */
    DISPATCHER_PAUSED,
    /** The dispatcher stands still for a moment, and goes on. */
    DISPATCHER_STALLED,
    /** The dispatcher reads nothing for seconds, busy with something else; its timers go on. */
    DISPATCHER_BEHIND,
    /** The planner is killed and reads everything again. */
    PLANNER_KILLED,
    /** The provider host is killed between two passes. */
    PROVIDER_KILLED,
    /** The provider host is killed right before or after a write or a backend's call. */
    PROVIDER_KILLED_IN_CALL,
    /** The driver is killed: what it had not sent is lost, and it begins again. */
    DRIVER_KILLED,
    /** The broker is away for seconds: nothing is written, nothing is read. */
    BROKER_AWAY,
    /** A producer's retry writes a record twice. */
    RECORD_REPEATED,
    /** A worker dies without a word. */
    WORKER_KILLED,
    /** A worker's job is cancelled behind the provider's back. */
    JOB_CANCELLED,
    /** A worker stands still for seconds. */
    WORKER_PAUSED,
    /** A worker and the broker do not reach each other for seconds. */
    WORKER_CUT_OFF,
    /** A lease or a report is lost for good on its way: its producer gave up. */
    RECORD_LOST,
    /** A result does not arrive; the dispatcher hears of it later. */
    RESULT_LOST,
    /** A worker's clock is hours off. */
    CLOCK_SKEWED,
    /** A worker's allocation ends. */
    ALLOCATION_ENDED,
    /** A worker ends before it is ready. */
    START_FAILED,
    /** The backend refuses a launch. */
    LAUNCH_REFUSED,
    /** A call of the backend fails; it may have worked all the same. */
    CALL_FAILED,
    /** The launch ledger cannot be written; it may have been all the same. */
    LEDGER_FAILED,
    /** The backend cannot list its workers. */
    LISTING_UNAVAILABLE,
    /** The backend lists workers without saying how they are. */
    LISTING_UNKNOWN,
    /** The backend lists workers late. */
    LISTING_LATE,
    /** The backend lists nothing for a while although workers are there. */
    LISTING_EMPTY
}
