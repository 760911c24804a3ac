package io.scalable.provider;

import io.scalable.contracts.worker.WorkerLifecycle;

/** Where a provider says what becomes of its workers. */
public interface LifecycleSink {

    /** Tells everybody. Does not wait; events arrive in the order they were emitted in. */
    void emit(WorkerLifecycle event);

    /**
     * Waits until everything that was emitted has arrived.
     *
     * @throws LedgerUnavailableException if that takes too long; it may still arrive
     */
    void flush();
}
