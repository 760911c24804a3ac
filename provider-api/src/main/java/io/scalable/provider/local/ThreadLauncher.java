package io.scalable.provider.local;

import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.worker.WorkerConfigs;

/** Starts workers as threads of this JVM. */
final class ThreadLauncher implements LocalLauncher {

    private final LocalSettings settings;
    private final WorkerSession.Factory sessions;
    private final Runnable changed;

    ThreadLauncher(LocalSettings settings, WorkerSession.Factory sessions, Runnable changed) {
        this.settings = settings;
        this.sessions = sessions;
        this.changed = changed;
    }

    @Override
    public LocalWorker launch(LaunchOrder order) {
        var config = WorkerConfigs.of(order, settings.kafka());
        WorkerSession session = sessions.open(config, settings.taskParent());
        return ThreadWorker.start(order.workerId(), session, changed);
    }
}
