package io.scalable.provider;

import io.scalable.contracts.worker.WorkerLifecycle;

/** Where a provider says what becomes of its workers. */
@FunctionalInterface
public interface LifecycleSink {

    /** Tells everybody. Does not wait; events arrive in the order they were emitted in. */
    void emit(WorkerLifecycle event);
}
