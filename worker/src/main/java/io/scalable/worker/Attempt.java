package io.scalable.worker;

import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.task.TaskContext;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One attempt in the worker's hands: {@code waiting -> running -> ended}. It may be stopped at any
 * time before its end; its thread is interrupted only while it runs this attempt. Thread-safe.
 */
final class Attempt implements TaskContext {

    private final LeaseGranted lease;
    private final String deploymentId;
    private final Path directory;
    private @Nullable Thread runner;
    private long beganAt;
    private @Nullable StopCause stopCause;
    private boolean ended;

    Attempt(LeaseGranted lease, String deploymentId, Path directory) {
        this.lease = lease;
        this.deploymentId = deploymentId;
        this.directory = directory;
    }

    LeaseGranted lease() {
        return lease;
    }

    AttemptKey key() {
        return AttemptKey.of(lease);
    }

    /** The current thread runs it from now on; false if it was stopped before. */
    synchronized boolean begin() {
        if (stopCause != null || ended) {
            return false;
        }
        runner = Thread.currentThread();
        beganAt = System.nanoTime();
        return true;
    }

    /** Stops it; a silent cause replaces one that is not. An attempt that has ended stays so. */
    synchronized void stop(StopCause cause) {
        if (ended) {
            return;
        }
        if (stopCause == null || cause.silent()) {
            stopCause = cause;
        }
        if (runner != null) {
            runner.interrupt();
        }
    }

    /**
     * Ends it: no interrupt comes after this. True for the first caller, who reports it; the
     * runner's own call leaves its thread uninterrupted.
     */
    synchronized boolean end() {
        if (Thread.currentThread() == runner) {
            Thread.interrupted();
        }
        boolean first = !ended;
        ended = true;
        return first;
    }

    /** The thread that runs it; null before it began. */
    synchronized @Nullable Thread runner() {
        return runner;
    }

    /** How long ago it began, seconds; 0 if it has not. */
    synchronized double seconds() {
        return runner == null ? 0 : (System.nanoTime() - beganAt) / 1e9;
    }

    synchronized boolean running() {
        return runner != null && !ended;
    }

    synchronized @Nullable StopCause stopCause() {
        return stopCause;
    }

    @Override
    public String deploymentId() {
        return deploymentId;
    }

    @Override
    public String taskId() {
        return lease.taskId();
    }

    @Override
    public int attempt() {
        return lease.attempt();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public boolean isCancelled() {
        return stopCause() != null;
    }
}
