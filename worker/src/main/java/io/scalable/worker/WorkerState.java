package io.scalable.worker;

/** Where a {@link Worker} is in its life; it only ever moves forward. */
public enum WorkerState {
    /** Not yet known to the dispatcher. */
    STARTING,
    /** Takes leases. */
    READY,
    /** Takes no new lease, finishes what runs. */
    DRAINING,
    /** Holds nothing and will not come back. */
    LEFT
}
