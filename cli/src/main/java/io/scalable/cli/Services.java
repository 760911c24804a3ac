package io.scalable.cli;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The broker and services that a run talks to. */
interface Services extends AutoCloseable {

    /** What a Kafka client needs to reach the broker. */
    Map<String, String> kafka();

    /**
     * Where a browser sees what happens to a deployment; empty where this process does not serve
     * it.
     */
    default Optional<URI> page(String deploymentId) {
        return Optional.empty();
    }

    /**
     * Runs {@code action}, on any thread and with the reason, if what this process hosts ends
     * without being closed; at once if it has.
     */
    default void onLoss(Consumer<String> action) {}

    /**
     * The same as {@link #close()} for a process that is about to end and wants nothing of what a
     * broker and services in it keep: these are left as they are, which saves half a second.
     */
    default void leave() {
        close();
    }

    @Override
    void close();
}
