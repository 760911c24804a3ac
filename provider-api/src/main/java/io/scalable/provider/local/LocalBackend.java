package io.scalable.provider.local;

import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The workers of one deployment on this machine. */
final class LocalBackend implements WorkerBackend {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LAST_GRACE = Duration.ofSeconds(2);

    private final LocalLauncher launcher;
    private final Runnable closed;
    private final Map<String, LocalWorker> workers = new LinkedHashMap<>();

    /**
     * @param closed called when the backend is closed
     */
    LocalBackend(LocalLauncher launcher, Runnable closed) {
        this.launcher = launcher;
        this.closed = closed;
    }

    @Override
    public void launch(LaunchOrder order) {
        if (!workers.containsKey(order.workerId())) {
            workers.put(order.workerId(), launcher.launch(order));
        }
    }

    @Override
    public void cancel(String workerId) {
        with(
                workerId,
                worker -> {
                    if (worker.status() instanceof WorkerStatus.Running running
                            && !running.ready()) {
                        worker.terminate();
                    }
                });
    }

    @Override
    public void terminate(String workerId) {
        with(workerId, LocalWorker::terminate);
    }

    @Override
    public void kill(String workerId) {
        with(workerId, LocalWorker::kill);
    }

    @Override
    public Map<String, WorkerStatus> observe() {
        var listing = new HashMap<String, WorkerStatus>();
        workers.forEach((id, worker) -> listing.put(id, worker.status()));
        return listing;
    }

    @Override
    public void forget(String workerId) {
        LocalWorker worker = workers.remove(workerId);
        if (worker != null) {
            worker.forget();
        }
    }

    /** Asks all workers to end and kills those that are left after 5 s. */
    @Override
    public void close() {
        List<LocalWorker> all = List.copyOf(workers.values());
        all.forEach(LocalWorker::terminate);
        if (!ended(all, GRACE)) {
            all.forEach(LocalWorker::kill);
            var _ = ended(all, LAST_GRACE);
        }
        closed.run();
    }

    private void with(String workerId, Consumer<LocalWorker> call) {
        LocalWorker worker = workers.get(workerId);
        if (worker != null) {
            call.accept(worker);
        }
    }

    /** Waits for all to end; false if some are still there. */
    private static boolean ended(Collection<LocalWorker> workers, Duration patience) {
        var all =
                CompletableFuture.allOf(
                        workers.stream()
                                .map(LocalWorker::ended)
                                .toArray(CompletableFuture<?>[]::new));
        all.copy().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS).join();
        return all.isDone();
    }
}
