package io.scalable.worker;

/** Why a worker leaves. */
enum Ending {
    /** It was drained, and all it had is done. */
    DRAINED("drained"),
    /** Its platform ended it by a signal; what ran has ended or was cut short. */
    TERMINATED("terminated"),
    /** Its deployment's topics are gone. */
    DEPLOYMENT_ENDED("deployment ended"),
    /** Its owner stops it at once. */
    STOPPED("stopped"),
    /** It has not reached its broker for too long. */
    ORPHANED("orphaned");

    private final String reason;

    Ending(String reason) {
        this.reason = reason;
    }

    /** As in {@link io.scalable.contracts.worker.WorkerReport.WorkerLeft}. */
    String reason() {
        return reason;
    }
}
