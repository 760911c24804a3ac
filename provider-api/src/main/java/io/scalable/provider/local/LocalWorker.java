package io.scalable.provider.local;

import io.scalable.provider.backend.WorkerStatus;
import java.util.concurrent.CompletableFuture;

/** A worker of this machine, alive or ended. */
interface LocalWorker {

    WorkerStatus status();

    /** Asks it to end in good order. */
    void terminate();

    /** Ends it at once. */
    void kill();

    /** Completes when it has ended, however. */
    CompletableFuture<Void> ended();

    /** Removes what was only needed while it ran. */
    void forget();
}
