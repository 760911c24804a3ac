package io.scalable.provider.local;

import io.scalable.provider.ProviderStage;
import io.scalable.worker.WorkerConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A worker's work without a broker: it behaves as its component's name says. */
final class FakeSession implements WorkerSession {

    private final String component;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean ready;

    FakeSession(WorkerConfig config) {
        this.component = config.component();
    }

    @Override
    public void run() {
        if (component.equals(ProviderStage.BROKEN)) {
            throw new IllegalStateException("it is broken");
        }
        ready = !component.equals(ProviderStage.SLOW);
        try {
            end.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void drain() {
        if (!component.equals(ProviderStage.STUBBORN)) {
            end.complete(null);
        }
    }

    void crash() {
        end.completeExceptionally(new IllegalStateException("it crashed"));
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public void close() {
        end.complete(null);
    }
}
