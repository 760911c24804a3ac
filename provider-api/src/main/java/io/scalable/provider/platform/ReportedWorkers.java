package io.scalable.provider.platform;

import io.scalable.contracts.worker.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which workers said that they take leases, or that they have left, and when they were heard. No
 * platform tells that: what runs need not be ready, and what is not listed may be at work.
 * Thread-safe.
 */
public final class ReportedWorkers {

    /** Workers are heard every second; one that was heard within this lives. */
    static final Duration LIVES = Duration.ofSeconds(30);

    /** One that was not heard for so long, and did not leave, may be gone. */
    private static final Duration QUIET = Duration.ofSeconds(6);

    /** Of a worker that was silent for so long nothing is kept. */
    private static final Duration KEPT = Duration.ofHours(1);

    /**
     * One worker.
     *
     * @param heardAt when it was heard last, by this process's clock
     * @param startedAt when its process says that it was ready, by its own clock; null if that was
     *     not heard
     */
    private record Worker(
            Instant heardAt, @Nullable Instant startedAt, boolean left, boolean startedAgain) {}

    private final Map<String, Worker> workers = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private volatile Instant cleared;

    public ReportedWorkers() {
        this(InstantSource.system());
    }

    public ReportedWorkers(InstantSource clock) {
        this.clock = clock;
        this.cleared = clock.instant();
    }

    /**
     * A worker has spoken.
     *
     * @return true if that is news
     */
    public boolean heard(WorkerReport report) {
        Instant now = clock.instant();
        forgetSilent(now);
        Worker before = workers.get(report.workerId());
        Worker after = after(before, report, now);
        workers.put(report.workerId(), after);
        return before == null
                || before.left() != after.left()
                || before.startedAgain() != after.startedAgain();
    }

    /** A process says that it is ready once, so another time is another process. */
    private static Worker after(@Nullable Worker before, WorkerReport report, Instant now) {
        Instant started = before == null ? null : before.startedAt();
        boolean left = before != null && before.left();
        boolean startedAgain = before != null && before.startedAgain();
        return switch (report) {
            case WorkerReport.WorkerLeft _ -> new Worker(now, started, true, startedAgain);
            case WorkerReport.WorkerReady start ->
                    new Worker(
                            now,
                            started == null ? start.at() : started,
                            left,
                            startedAgain || (started != null && !started.equals(start.at())));
            case WorkerReport.WorkerHeartbeat _,
                    WorkerReport.AttemptStarted _,
                    WorkerReport.AttemptFinished _ ->
                    new Worker(now, started, left, startedAgain);
        };
    }

    private void forgetSilent(Instant now) {
        if (cleared.plus(KEPT).isBefore(now)) {
            cleared = now;
            workers.values().removeIf(worker -> worker.heardAt().plus(KEPT).isBefore(now));
        }
    }

    /** True if a second process took the worker's id: what the first one ran is lost. */
    public boolean startedAgain(String workerId) {
        Worker worker = workers.get(workerId);
        return worker != null && worker.startedAgain();
    }

    /** True if the worker takes leases, or has. */
    public boolean wasReady(String workerId) {
        return workers.containsKey(workerId);
    }

    /** True if the worker said that it leaves: it ends by itself. */
    public boolean hasLeft(String workerId) {
        Worker worker = workers.get(workerId);
        return worker != null && worker.left();
    }

    /** True if the worker was heard just now, and did not say that it leaves. */
    public boolean lives(String workerId) {
        Worker worker = workers.get(workerId);
        return worker != null
                && !worker.left()
                && worker.heardAt().plus(LIVES).isAfter(clock.instant());
    }

    /** True if the worker was heard and has fallen silent, or has left: it may be gone. */
    public boolean mayBeGone(String workerId) {
        Worker worker = workers.get(workerId);
        return worker != null
                && (worker.left() || !worker.heardAt().plus(QUIET).isAfter(clock.instant()));
    }

    /** Nothing of the worker is left. */
    public void forget(String workerId) {
        workers.remove(workerId);
    }
}
