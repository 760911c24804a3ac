package io.scalable.worker;

import io.scalable.contracts.worker.Assignment.LeaseGranted;

/** One attempt of one task. */
record AttemptKey(String taskId, int attempt) {

    static AttemptKey of(LeaseGranted lease) {
        return new AttemptKey(lease.taskId(), lease.attempt());
    }

    @Override
    public String toString() {
        return taskId + " attempt " + attempt;
    }
}
