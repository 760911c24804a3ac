package io.scalable.provider.local;

import io.scalable.worker.Worker;
import io.scalable.worker.WorkerConfig;
import io.scalable.worker.WorkerState;

/** What a worker's thread runs. A seam: the real one is {@link Worker}. */
interface WorkerSession extends AutoCloseable {

    /** Makes the session of one worker; starts nothing. */
    @FunctionalInterface
    interface Factory {
        WorkerSession open(WorkerConfig config, ClassLoader taskParent);
    }

    /** Works until it has left. */
    void run();

    /** Asks it to leave; {@link #run} then returns. */
    void drain();

    /** True once it takes, or has taken, leases. */
    boolean ready();

    /** Makes {@link #run} return at once. */
    @Override
    void close();

    static WorkerSession of(WorkerConfig config, ClassLoader taskParent) {
        var worker = new Worker(config, taskParent);
        return new WorkerSession() {
            @Override
            public void run() {
                worker.run();
            }

            @Override
            public void drain() {
                worker.drain();
            }

            @Override
            public boolean ready() {
                return worker.state() != WorkerState.STARTING;
            }

            @Override
            public void close() {
                worker.close();
            }
        };
    }
}
