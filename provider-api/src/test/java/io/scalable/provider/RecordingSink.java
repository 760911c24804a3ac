package io.scalable.provider;

import io.scalable.contracts.worker.WorkerLifecycle;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a provider said. */
public final class RecordingSink implements LifecycleSink {

    private final List<WorkerLifecycle> events = new ArrayList<>();
    private boolean silent;

    @Override
    public void emit(WorkerLifecycle event) {
        events.add(event);
    }

    @Override
    public void flush() {
        if (silent) {
            throw new LedgerUnavailableException("nobody hears", null);
        }
    }

    /** Nothing arrives, until it does. */
    void silent(boolean now) {
        silent = now;
    }

    public List<WorkerLifecycle> events() {
        return List.copyOf(events);
    }

    /** The events of one type, oldest first. */
    public <T extends WorkerLifecycle> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The ids of the workers with an event of one type. */
    public List<String> workers(Class<? extends WorkerLifecycle> type) {
        return events(type).stream().map(WorkerLifecycle::workerId).toList();
    }
}
