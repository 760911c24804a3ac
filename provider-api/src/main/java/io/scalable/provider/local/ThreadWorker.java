package io.scalable.provider.local;

import io.scalable.provider.backend.WorkerStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker that is a thread of this JVM. */
final class ThreadWorker implements LocalWorker {

    private static final int KILLED = 137;
    private static final int KILL_PATIENCE_SECONDS = 10;

    private final String workerId;
    private final WorkerSession session;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean seenReady;
    private volatile boolean killed;
    private volatile @Nullable Throwable failure;

    private ThreadWorker(String workerId, WorkerSession session) {
        this.workerId = workerId;
        this.session = session;
    }

    /**
     * @param changed called from the worker's thread when it has ended
     */
    static ThreadWorker start(String workerId, WorkerSession session, Runnable changed) {
        var worker = new ThreadWorker(workerId, session);
        var _ = worker.ended.thenRun(changed);
        Thread.ofPlatform().daemon().name(workerId).start(worker::work);
        return worker;
    }

    private void work() {
        try (session) {
            session.run();
        } catch (Throwable e) {
            // Whatever ends the thread is the worker's end, an Error too; status() tells it.
            failure = e;
        }
        ended.complete(null);
    }

    @Override
    public WorkerStatus status() {
        if (!ended.isDone()) {
            seenReady |= session.ready();
            return new WorkerStatus.Running("thread " + workerId, seenReady);
        }
        if (killed) {
            return new WorkerStatus.Exited(KILLED, seenReady, "the worker was stopped", null);
        }
        Throwable cause = failure;
        // Leaving in good order is only possible for a worker that was ready.
        return cause == null
                ? new WorkerStatus.Exited(0, true, "the worker left", null)
                : failed(cause);
    }

    private WorkerStatus failed(Throwable cause) {
        var stack = new StringWriter();
        cause.printStackTrace(new PrintWriter(stack, true));
        return new WorkerStatus.Exited(
                1, seenReady, "the worker failed: " + cause, stack.toString());
    }

    /** By a drain: the dispatcher revokes what runs when the deployment has ended. */
    @Override
    public void terminate() {
        session.drain();
    }

    /** A thread cannot be made to end: one that goes on for 10 s counts as gone all the same. */
    @Override
    public void kill() {
        if (!ended.isDone() && !killed) {
            killed = true;
            Thread.ofVirtual().name(workerId + "-kill").start(session::close);
            var _ = ended.completeOnTimeout(null, KILL_PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public void forget() {}
}
