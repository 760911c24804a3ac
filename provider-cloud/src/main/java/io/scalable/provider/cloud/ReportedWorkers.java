package io.scalable.provider.cloud;

import io.scalable.contracts.worker.WorkerReport;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which workers said that they take leases, or that they have left. No cloud tells that: what runs
 * need not be ready. Thread-safe.
 */
public final class ReportedWorkers {

    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> starts = new ConcurrentHashMap<>();
    private final Set<String> startedAgain = ConcurrentHashMap.newKeySet();

    /**
     * A worker has spoken.
     *
     * @return true if that is news
     */
    public boolean heard(WorkerReport report) {
        return switch (report) {
            case WorkerReport.WorkerLeft _ -> left.add(report.workerId());
            case WorkerReport.WorkerReady start -> started(start);
            case WorkerReport.WorkerHeartbeat _,
                    WorkerReport.AttemptStarted _,
                    WorkerReport.AttemptFinished _ ->
                    ready.add(report.workerId());
        };
    }

    /** A process says this once, so another time is another process. */
    private boolean started(WorkerReport.WorkerReady start) {
        Instant before = starts.putIfAbsent(start.workerId(), start.at());
        boolean again = before != null && !before.equals(start.at());
        return ready.add(start.workerId()) | (again && startedAgain.add(start.workerId()));
    }

    /** True if a second process took the worker's id: what the first one ran is lost. */
    public boolean startedAgain(String workerId) {
        return startedAgain.contains(workerId);
    }

    /** True if the worker takes leases, or has. */
    public boolean wasReady(String workerId) {
        return ready.contains(workerId) || left.contains(workerId);
    }

    /** True if the worker said that it leaves: it ends by itself. */
    public boolean hasLeft(String workerId) {
        return left.contains(workerId);
    }

    /** Nothing of the worker is left. */
    public void forget(String workerId) {
        ready.remove(workerId);
        left.remove(workerId);
        starts.remove(workerId);
        startedAgain.remove(workerId);
    }
}
