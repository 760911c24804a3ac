package io.scalable.worker;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The worker's timer. Each action runs on a thread of its own, so that one that waits, for the
 * broker say, delays no other; a repeated action is left out while its last run goes on.
 * Thread-safe.
 */
final class Timer implements AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;
    private final String workerId;

    Timer(String workerId) {
        this.workerId = workerId;
        executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            var thread = new Thread(task, workerId + "-timer");
                            thread.setDaemon(true);
                            return thread;
                        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // A timer that has stopped takes further orders and does nothing.
        executor.setRejectedExecutionHandler(new ScheduledThreadPoolExecutor.DiscardPolicy());
    }

    Future<?> after(Duration delay, Runnable action) {
        return executor.schedule(
                () -> start(guarded(action)), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void every(Duration period, Runnable action) {
        var running = new AtomicBoolean();
        Runnable once =
                () -> {
                    try {
                        action.run();
                    } finally {
                        running.set(false);
                    }
                };
        var unused =
                executor.scheduleAtFixedRate(
                        () -> {
                            if (running.compareAndSet(false, true)) {
                                start(guarded(once));
                            }
                        },
                        0,
                        period.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void start(Runnable action) {
        Thread.ofVirtual().name(workerId + "-timer-action").start(action);
    }

    /** What an action throws is said, and ends nothing else. */
    private static Runnable guarded(Runnable action) {
        return () -> {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                System.getLogger(Timer.class.getName()).log(Level.ERROR, "a timer failed", e);
            }
        };
    }
}
