package io.scalable.contracts.service;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Whether a part of a process can go on. The part says once that it cannot, and whoever runs it
 * hears of it. Thread-safe.
 */
public final class Loss {

    private final CompletableFuture<String> reason = new CompletableFuture<>();

    /**
     * The part cannot go on.
     *
     * @param why for people, naming the part
     * @return false if it had said so before: the first reason counts
     */
    public boolean report(String why) {
        return reason.complete(why);
    }

    /**
     * Runs {@code action} with the reason, on any thread, if the part cannot go on; at once if it
     * has said so.
     */
    public void onLoss(Consumer<String> action) {
        CompletableFuture<Void> _ = reason.thenAccept(action);
    }

    /** True once the part has said that it cannot go on. */
    public boolean reported() {
        return reason.isDone();
    }
}
