package io.scalable.client.run;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerPending;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds what providers say of workers. Events may be repeated; the first word on a worker's end
 * counts. Not thread-safe.
 */
final class WorkerTally {

    private enum End {
        NONE,
        /** Scaled in, or its allocation ended. */
        REMOVED,
        ENDED,
        NEVER_CAME_UP,
        FAILED
    }

    private record Worker(String component, boolean started, End end, Instant endedAt) {
        boolean gone() {
            return end != End.NONE;
        }
    }

    private final Map<String, Worker> workers = new LinkedHashMap<>();

    void add(WorkerLifecycle event) {
        Worker before = workers.get(event.workerId());
        boolean started = event instanceof WorkerStarted || (before != null && before.started());
        End end = before == null ? End.NONE : before.end();
        Instant endedAt = before == null ? Instant.MAX : before.endedAt();
        if (end == End.NONE) {
            end = endBy(event);
            endedAt = end == End.NONE ? Instant.MAX : event.at();
        }
        workers.put(event.workerId(), new Worker(event.component(), started, end, endedAt));
    }

    private static End endBy(WorkerLifecycle event) {
        return switch (event) {
            case WorkerRequested _, WorkerPending _, WorkerStarted _ -> End.NONE;
            case WorkerRemoved removed ->
                    removed.cause() == RemovalCause.DEPLOYMENT_ENDED ? End.ENDED : End.REMOVED;
            case WorkerFailed failed ->
                    failed.failureClass() == FailureClass.START_FAILURE
                            ? End.NEVER_CAME_UP
                            : End.FAILED;
        };
    }

    /** Ids of the workers that were asked for and are not known to be gone. */
    List<String> present() {
        return List.copyOf(presentComponents().sequencedKeySet());
    }

    /** The same, each with its component. */
    SequencedMap<String, String> presentComponents() {
        var out = new LinkedHashMap<String, String>();
        workers.forEach(
                (id, worker) -> {
                    if (!worker.gone()) {
                        out.put(id, worker.component());
                    }
                });
        return out;
    }

    /** How many workers of a component run now. */
    int running(String component) {
        return (int)
                workers.values().stream()
                        .filter(w -> w.component().equals(component) && w.started() && !w.gone())
                        .count();
    }

    /**
     * Counts per component, in the order first seen.
     *
     * @param end when the run ended: who went later was alive at the end; null for a run that goes
     *     on
     */
    Map<String, WorkerCounts> counts(@Nullable Instant end) {
        var out = new LinkedHashMap<String, WorkerCounts>();
        for (Worker worker : workers.values()) {
            out.merge(worker.component(), count(worker, end), WorkerCounts::plus);
        }
        return out;
    }

    private static WorkerCounts count(Worker worker, @Nullable Instant end) {
        boolean afterwards = end != null && worker.endedAt().isAfter(end);
        boolean started = worker.started() && worker.end() != End.NEVER_CAME_UP;
        boolean broken = worker.end() == End.NEVER_CAME_UP || worker.end() == End.FAILED;
        boolean failed = broken && !afterwards;
        boolean removed = started && worker.end() == End.REMOVED && !afterwards;
        boolean alive = started && !failed && !removed;
        return new WorkerCounts(started ? 1 : 0, removed ? 1 : 0, failed ? 1 : 0, alive ? 1 : 0);
    }
}
