package io.scalable.provider.local;

import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.worker.WorkerFiles;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * A worker that is a process. Its standard input stays open as long as this JVM lives; when that
 * closes, the worker ends itself.
 */
final class ProcessWorker implements LocalWorker {

    private static final int SIGNALLED = 128;

    private final String workerId;
    private final Process process;
    private final WorkerFiles files;

    private ProcessWorker(String workerId, Process process, WorkerFiles files) {
        this.workerId = workerId;
        this.process = process;
        this.files = files;
    }

    /**
     * @param changed called from another thread when the process has ended
     */
    static ProcessWorker start(
            String workerId, ProcessBuilder builder, WorkerFiles files, Runnable changed)
            throws IOException {
        Process process = builder.start();
        var _ = process.onExit().thenRun(changed);
        return new ProcessWorker(workerId, process, files);
    }

    @Override
    public WorkerStatus status() {
        if (process.isAlive()) {
            return new WorkerStatus.Running("pid " + process.pid(), files.isReady());
        }
        int code = process.exitValue();
        return new WorkerStatus.Exited(code, files.isReady(), describe(code), files.logTail());
    }

    private String describe(int code) {
        String how =
                code > SIGNALLED
                        ? "was killed by signal " + (code - SIGNALLED)
                        : "exited with " + code;
        return "worker " + workerId + " (pid " + process.pid() + ") " + how;
    }

    /**
     * By SIGTERM, at which a worker stops what it runs and says that it leaves. Through the handle:
     * {@link Process#destroy} would close its standard input as well, as if this JVM were gone.
     */
    @Override
    public void terminate() {
        var _ = process.toHandle().destroy();
    }

    @Override
    public void kill() {
        var _ = process.destroyForcibly();
    }

    @Override
    public CompletableFuture<Void> ended() {
        return process.onExit().thenRun(() -> {});
    }

    @Override
    public void forget() {
        files.forget();
    }
}
