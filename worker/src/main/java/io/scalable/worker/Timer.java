package io.scalable.worker;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The worker's one timer thread. What it runs must be short. Thread-safe. */
final class Timer implements AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;

    Timer(String workerId) {
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
        return executor.schedule(guarded(action), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void every(Duration period, Runnable action) {
        var unused =
                executor.scheduleAtFixedRate(
                        guarded(action), 0, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** An exception would end a repeated action for good, unseen. */
    private static Runnable guarded(Runnable action) {
        return () -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                System.getLogger(Timer.class.getName()).log(Level.ERROR, "a timer failed", e);
            }
        };
    }
}
