package io.scalable.client.run;

import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerPending;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import java.time.Instant;
import java.util.Locale;

/**
 * A worker by the last that its provider said of it.
 *
 * @param workerId its id
 * @param component its pool's component
 * @param state requested, pending, started, removed or failed
 * @param detail where it runs, what it waits for or why it went; may be empty
 * @param since when that was said
 */
public record WorkerView(
        String workerId, String component, String state, String detail, Instant since) {

    /** The worker after {@code event}. */
    public static WorkerView of(WorkerLifecycle event) {
        return switch (event) {
            case WorkerRequested _ -> view(event, "requested", "");
            case WorkerPending pending ->
                    view(event, "pending", pending.reason() == null ? "" : pending.reason());
            case WorkerStarted started -> view(event, "started", started.place());
            case WorkerRemoved removed ->
                    view(
                            event,
                            "removed",
                            removed.cause().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            case WorkerFailed failed -> view(event, "failed", failed.message());
        };
    }

    private static WorkerView view(WorkerLifecycle event, String state, String detail) {
        return new WorkerView(event.workerId(), event.component(), state, detail, event.at());
    }

    /** True if it is there, or on its way. */
    public boolean present() {
        return !state.equals("removed") && !state.equals("failed");
    }
}
