package io.scalable.worker;

import io.scalable.contracts.storage.Storages;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Looks, while the worker meets its broker, whether it can write and read the deployment's storage:
 * a worker that cannot would run tasks and lose their results.
 */
final class StorageCheck {

    private final FutureTask<Void> check;
    private final URI storage;

    private StorageCheck(URI storage) {
        this.storage = storage;
        this.check =
                new FutureTask<>(
                        () -> {
                            Storages.here().of(storage).check(storage);
                            return null;
                        });
    }

    /** Begins to look; for a folder it is done at once, on this thread. */
    static StorageCheck start(URI storage, String workerId) {
        var looking = new StorageCheck(storage);
        if ("file".equals(storage.getScheme())) {
            looking.check.run();
            return looking;
        }
        var thread = new Thread(looking.check, workerId + "-storage");
        thread.setDaemon(true);
        thread.start();
        return looking;
    }

    /**
     * Waits for the answer.
     *
     * @throws WorkerFailedException with the reason if the storage cannot be used
     */
    void await() {
        try {
            check.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new WorkerFailedException(
                    "the deployment's storage "
                            + storage
                            + " cannot be used on "
                            + HostName.get()
                            + ": "
                            + (cause instanceof IOException ? cause.getMessage() : cause),
                    cause);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
